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

/** For the frame: runs a move at once, or after a question when something typed would be lost. */
export function useGuardedMove(): {
  move: (action: () => void) => void;
  provide: (children: ReactNode) => ReactNode;
  question: ReactNode;
} {
  const unsaved = useRef(new Set<string>());
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const move = (action: () => void) => {
    if (unsaved.current.size === 0) action();
    else setWaiting(() => action);
  };
  const question = (
    <Dialog
      isOpen={waiting !== null}
      title="Leave without saving?"
      closeLabel="Stay here"
      onClose={() => setWaiting(null)}
    >
      <p>What you typed in this form is not saved yet. If you leave now, it is lost.</p>
      <Group mt="lg" justify="flex-end">
        <Button
          variant="default"
          onClick={() => {
            unsaved.current.clear();
            setWaiting(null);
            waiting?.();
          }}
        >
          Leave without saving
        </Button>
        <Button data-autofocus onClick={() => setWaiting(null)}>
          Stay and go on typing
        </Button>
      </Group>
    </Dialog>
  );
  return {
    move,
    provide: (children) => <LeaveGuardContext value={unsaved}>{children}</LeaveGuardContext>,
    question,
  };
}
