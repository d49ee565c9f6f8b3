import { Button } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

/** Way to the forecast of the next visit, with its key F. One of it on a screen. */
export function ForecastButton(props: { onForecast: () => void; isQuiet?: boolean }) {
  const { onForecast, isQuiet = false } = props;
  const newest = useRef(onForecast);
  useEffect(() => {
    newest.current = onForecast;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      if (event.key.toLowerCase() !== 'f') return;
      const target = event.target;
      if (target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"]')) return;
      event.preventDefault();
      newest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <Button
      {...(isQuiet ? { variant: 'subtle', color: 'gray' } : { variant: 'default' })}
      aria-keyshortcuts="F"
      leftSection={<IconTargetArrow size="1.125rem" aria-hidden="true" />}
      onClick={onForecast}
    >
      Forecast the next visit
    </Button>
  );
}
