import { Button, Group } from '@mantine/core';
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Dialog } from '../ui/dialog.tsx';

/** Forms that hold something unsaved, by the identity of their screen. */
type Unsaved = RefObject<Set<string>>;
const LeaveGuardContext = createContext<Unsaved | null>(null);

/**
 * While `isUnsaved` is true, leaving the screen asks first. Outside the frame (a screen on its own) it does nothing.
 * A form that is being saved must say false: its own way on is not a loss.
 */
export function useLeaveGuard(isUnsaved: boolean): void {
  const unsaved = use(LeaveGuardContext);
  const id = useId();
  useEffect(() => {
    if (!isUnsaved || unsaved === null) return;
    unsaved.current.add(id);
    return () => void unsaved.current.delete(id);
  }, [isUnsaved, unsaved, id]);
}

/** What is asked before something typed is lost: by leaving the screen, or by another user taking it over. */
const QUESTIONS = {
  leave: {
    title: 'Leave without saving?',
    text: 'What you typed in this form is not saved yet. If you leave now, it is lost.',
    yes: 'Leave without saving',
  },
  'switch-user': {
    title: 'Switch user without saving?',
    text: 'What you typed in this form is not saved yet. It is not passed on: when another user takes over, it is lost.',
    yes: 'Switch without saving',
  },
} as const;

interface Waiting {
  action: () => void;
  why: keyof typeof QUESTIONS;
}

/** For the frame: runs a move at once, or after a question when something typed would be lost. */
export function useGuardedMove(): {
  move: (action: () => void) => void;
  /** As `move`, for the way to a switch of user. It can still be given up: the form stays guarded until then. */
  beforeSwitch: (action: () => void) => void;
  provide: (children: ReactNode) => ReactNode;
  question: ReactNode;
} {
  const unsaved = useRef(new Set<string>());
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const ask = (action: () => void, why: Waiting['why']) => {
    if (unsaved.current.size === 0) action();
    else setWaiting({ action, why });
  };
  const words = QUESTIONS[waiting?.why ?? 'leave'];
  const question = (
    <Dialog
      isOpen={waiting !== null}
      title={words.title}
      closeLabel="Stay here"
      onClose={() => setWaiting(null)}
    >
      <p>{words.text}</p>
      <Group mt="lg" justify="flex-end">
        <Button
          variant="default"
          onClick={() => {
            if (waiting?.why === 'leave') unsaved.current.clear();
            setWaiting(null);
            waiting?.action();
          }}
        >
          {words.yes}
        </Button>
        <Button data-autofocus onClick={() => setWaiting(null)}>
          Stay and go on typing
        </Button>
      </Group>
    </Dialog>
  );
  return {
    move: (action) => ask(action, 'leave'),
    beforeSwitch: (action) => ask(action, 'switch-user'),
    provide: (children) => <LeaveGuardContext value={unsaved}>{children}</LeaveGuardContext>,
    question,
  };
}
