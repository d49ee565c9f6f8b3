// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source code as text
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectMessages, messageFiles } from './message-files.ts';
import { translationOf } from './message-plugin.ts';
import { jsxText, transformMessages } from './message-transform.ts';
import { pseudoText } from './pseudo-locale.ts';

const messagesOf = (code: string) => transformMessages(code, 'a.tsx').messages;
const inPseudo = (code: string) => transformMessages(code, 'a.tsx', pseudoText).code;

describe('finding messages', () => {
  it('takes the children of an element as one message with places for values and inner elements', () => {
    expect(messagesOf('const a = <p>Read <b>this</b> first, {name}.</p>;')).toEqual([
      'Read {0} first, {1}.',
      'this',
    ]);
  });

  it('takes attributes, templates and sentences of the code', () => {
    expect(
      messagesOf(
        'const a = <Page title="Trends" lead={`${n} of ${m} trials`} className="a b" />; const s = "Type the number.";',
      ),
    ).toEqual(['Trends', '{0} of {1} trials', 'Type the number.']);
  });

  it('leaves names of the program alone: comparisons, keys, channels, styles, errors, modules', () => {
    const code = `import x from 'some module';
      const k = \`\${measure}/\${side}\`; const t = { kind: 'not tested', id: 'a b c', [key]: 1 };
      if (reason === 'splint or cast') api['sessions.get']({}); switch (a) { case 'not allowed yet': break; }
      throw new RangeError('a value must be finite'); el.querySelector('main [role="row"]');
      const style = { width: 'calc(100% - 2px)' }; type T = 'two words'; const d = 'M 0 0 L 1 1';`;
    expect(messagesOf(code)).toEqual([]);
  });

  it('joins lines as JSX does', () => {
    expect(jsxText('\n      Nothing is lost.\n      Try again.\n    ')).toBe('Nothing is lost. Try again.');
    expect(jsxText(' a ')).toBe(' a ');
  });
});

describe('replacing messages', () => {
  it('may order values and inner elements differently', () => {
    const translate = (message: string) => (message === 'Read {0} first, {1}.' ? '{1}: {0} zuerst' : null);
    expect(
      transformMessages('const a = <p>Read <b>this</b> first, {name}.</p>;', 'a.tsx', translate).code,
    ).toBe('const a = <p>{name}{": "}<b>this</b>{" zuerst"}</p>;');
  });

  it('law: replacing each message by itself leaves a program with the same messages', () => {
    const isSame = (translate: (message: string) => string) => {
      for (const file of messageFiles(process.cwd()).slice(0, 60)) {
        const code = readFileSync(file, 'utf8');
        const before = transformMessages(code, file);
        const after = transformMessages(transformMessages(code, file, translate).code, file);
        expect(after.messages, file).toEqual(before.messages);
      }
    };
    isSame((message) => message);
    // Broken twin: a place for a value is lost.
    expect(() => isSame((message) => message.replace('{0}', ''))).toThrow();
  });

  it('keeps what a template or a string must escape', () => {
    const code = 'const a = `say \\`hi\\` to ${name} now`;';
    const made = transformMessages(code, 'a.ts', (message) => `${message} \` \${x} \\`).code;
    expect(made).toBe('const a = `say \\`hi\\` to ${name} now \\` \\${x} \\\\`;');
  });

  it('marks every text of every screen in the pseudo language', () => {
    const left = messageFiles(process.cwd()).filter((file) => {
      const code = readFileSync(file, 'utf8');
      const { messages } = transformMessages(code, file);
      return messages.length > 0 && !transformMessages(code, file, pseudoText).code.includes('⟦');
    });
    expect(left).toEqual([]);
    expect(inPseudo('const a = <p>Nothing is lost.</p>;')).toMatch(/^const a = <p>\{"⟦[^a-z]*·+⟧"\}<\/p>;$/);
  });
});

describe('the pseudo language', () => {
  it('law: keeps every place of a value, in order, and is longer', () => {
    const keeps = (change: (message: string) => string) =>
      fc.assert(
        fc.property(fc.array(fc.constantFrom('kept words', '{0}', ' ', '{1}', 'é', '{2}')), (parts) => {
          const message = parts.join('');
          const places = (text: string) => text.match(/\{\d+\}/g) ?? [];
          expect(places(change(message))).toEqual(places(message));
          expect(change(message).length).toBeGreaterThanOrEqual(message.length);
        }),
      );
    keeps(pseudoText);
    expect(() => keeps((message) => message.replace('{1}', ''))).toThrow();
  });

  it('refuses a language that is no name, and half a language', () => {
    expect(() => translationOf('../secret', process.cwd())).toThrow(RangeError);
    expect(() => translationOf('en', process.cwd())('no such message')).toThrow(/has no text/);
  });
});

describe('the catalogue', () => {
  it('holds every message of the sources and no other', () => {
    const committed = JSON.parse(readFileSync('resources/i18n/en.json', 'utf8')) as Record<string, string>;
    const found = Object.keys(collectMessages(process.cwd()));
    // After a change of text: npm run messages.
    expect(found.filter((message) => !Object.hasOwn(committed, message))).toEqual([]);
    expect(Object.keys(committed).filter((message) => !found.includes(message))).toEqual([]);
  });
});
