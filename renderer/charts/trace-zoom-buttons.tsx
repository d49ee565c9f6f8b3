import { Button } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsHorizontal,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { KEY_ZOOM } from './trace-plot.tsx';
import { insideOf, panned, shortestWindowS, type TimeWindow, wholeWindow, zoomed } from './trace-window.ts';
import styles from './trace-zoom-buttons.module.css';

const ICON = { size: '1.125rem', 'aria-hidden': true } as const;

/** The same steps as wheel, drag and keys, for a finger. */
export function TraceZoomButtons(props: {
  timeS: Float64Array;
  window: TimeWindow;
  onWindow: (window: TimeWindow) => void;
}) {
  const { timeS, window } = props;
  const whole = wholeWindow(timeS);
  const middleS = (window.fromS + window.toS) / 2;
  const go = (wanted: TimeWindow) => props.onWindow(insideOf(whole, wanted, shortestWindowS(timeS)));
  const isWhole = window.fromS <= whole.fromS && window.toS >= whole.toS;
  return (
    <fieldset className={styles.row} aria-label="Stretch of time shown">
      <Button
        variant="default"
        leftSection={<IconZoomIn {...ICON} />}
        onClick={() => go(zoomed(window, KEY_ZOOM, middleS))}
      >
        Closer
      </Button>
      <Button
        variant="default"
        disabled={isWhole}
        leftSection={<IconZoomOut {...ICON} />}
        onClick={() => go(zoomed(window, 1 / KEY_ZOOM, middleS))}
      >
        Wider
      </Button>
      <Button
        variant="default"
        disabled={window.fromS <= whole.fromS}
        leftSection={<IconArrowLeft {...ICON} />}
        onClick={() => go(panned(window, -0.5))}
      >
        Earlier
      </Button>
      <Button
        variant="default"
        disabled={window.toS >= whole.toS}
        leftSection={<IconArrowRight {...ICON} />}
        onClick={() => go(panned(window, 0.5))}
      >
        Later
      </Button>
      <Button
        variant="default"
        disabled={isWhole}
        leftSection={<IconArrowsHorizontal {...ICON} />}
        onClick={() => go(whole)}
      >
        Show all
      </Button>
    </fieldset>
  );
}
