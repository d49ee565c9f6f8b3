import { useEffect, useRef, useState } from 'react';

/** The methods cover the result and leave it mounted: a note, the open panel and the place in the page are kept. */
export function useMethodsInPlace() {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen) {
      place.current?.focus();
      window.scrollTo(0, 0);
    } else if (wasOpen.current) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return { isOpen, opener, place, open: () => setIsOpen(true), close: () => setIsOpen(false) };
}
