/** What jsdom lacks and the component library asks for. Import it first in a component test. */
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
  }) as MediaQueryList;

globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

Object.defineProperty(document, 'fonts', {
  value: { addEventListener: () => {}, removeEventListener: () => {} },
});

window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};

afterEach(cleanup);
