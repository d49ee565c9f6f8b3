import { useLayoutEffect, useRef } from 'react';

export interface EntryCommands {
  undo?: () => void;
  saveOnly: () => void;
  saveAndJudge?: () => void;
}

/**
 * Keys of the whole form: Ctrl+Z undo, Ctrl+S or S outside a field = save measurements only,
 * Ctrl+Enter = save and judge. Cmd works like Ctrl.
 */
export function useEntryKeys(commands: EntryCommands): void {
  // Before the screen is painted: a key pressed as soon as it is seen must count.
  const newest = useRef(commands);
  useLayoutEffect(() => {
    newest.current = commands;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat || event.altKey) return;
      const { undo, saveOnly, saveAndJudge } = newest.current;
      const key = event.key.toLowerCase();
      const isCommand = event.ctrlKey || event.metaKey;
      const run =
        isCommand && key === 'z' && !event.shiftKey && !isFreeText(event.target)
          ? undo
          : isCommand && key === 's'
            ? saveOnly
            : isCommand && key === 'enter'
              ? saveAndJudge
              : !isCommand && key === 's' && !isField(event.target)
                ? saveOnly
                : undefined;
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Longer text keeps the undo that people know from every text field. */
const isFreeText = (target: EventTarget | null) => target instanceof HTMLTextAreaElement;

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio')
  );
}
