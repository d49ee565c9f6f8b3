import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { DecimalField } from '../ui/decimal-field.tsx';
import { MAX_TRACE_BANDS, type TraceBand, type TraceBandsProps } from './trace-band-props.ts';
import styles from './trace-bands.module.css';
import { type PlotScale, TracePlot } from './trace-plot.tsx';
import { secondsText } from './trace-text.ts';
import { type TimeWindow, wholeWindow } from './trace-window.ts';
import { TraceZoomButtons } from './trace-zoom-buttons.tsx';

const WORDS = { for: 'for', against: 'against' } as const;
const HUNDREDTHS = 100;
const rounded = (atS: number) => Math.round(atS * HUNDREDTHS) / HUNDREDTHS;

/**
 * A trace on which a clinician brushes stretches for or against an answer: by mouse, finger, or as numbers. Own bands
 * stand above the plot, the model's below, each with hue, hatch and word.
 */
export function TraceBands(props: TraceBandsProps) {
  const { series, bands, onBands, modelBands } = props;
  const [window, setWindow] = useState<TimeWindow>(() => wholeWindow(series.timeS));
  const [direction, setDirection] = useState<TraceBand['direction']>('for');
  const [isBrushing, setIsBrushing] = useState(true);
  const [removed, setRemoved] = useState<{ band: TraceBand; index: number } | null>(null);
  const whole = useMemo(() => wholeWindow(series.timeS), [series]);
  const isFull = bands.length >= MAX_TRACE_BANDS;
  const add = (stretch: TimeWindow) => {
    if (!onBands || isFull) return;
    const fromS = Math.max(whole.fromS, rounded(stretch.fromS));
    const toS = Math.min(whole.toS, Math.max(rounded(stretch.toS), fromS + 1 / HUNDREDTHS));
    setRemoved(null);
    onBands([...bands, { fromS, toS, direction }]);
  };
  const addInMiddle = () => {
    const middleS = (window.fromS + window.toS) / 2;
    const halfS = (window.toS - window.fromS) / 20;
    add({ fromS: middleS - halfS, toS: middleS + halfS });
  };
  const remove = (index: number) => {
    const band = bands[index];
    if (!band || !onBands) return;
    setRemoved({ band, index });
    onBands(bands.filter((_, other) => other !== index));
  };
  const undo = () => {
    if (removed === null || !onBands || isFull) return;
    onBands(bands.toSpliced(Math.min(removed.index, bands.length), 0, removed.band));
    setRemoved(null);
  };
  const change = (index: number, band: TraceBand) =>
    onBands?.(bands.map((other, at) => (at === index ? band : other)));
  const own = props.bandsName ?? 'your bands';
  return (
    <figure className={styles.figure} aria-label={props.label}>
      {onBands !== undefined && (
        <div className={styles.controls}>
          <ChoiceRow
            label={props.answerText ? `The stretch speaks, for ${props.answerText},` : 'The stretch speaks'}
            choices={[
              { value: 'for', label: 'for' },
              { value: 'against', label: 'against' },
            ]}
            value={direction}
            onChange={setDirection}
          />
          <ChoiceRow
            label="Dragging on the trace"
            choices={[
              { value: 'brush', label: 'marks a stretch' },
              { value: 'pan', label: 'moves the trace' },
            ]}
            value={isBrushing ? 'brush' : 'pan'}
            onChange={(value) => setIsBrushing(value === 'brush')}
          />
        </div>
      )}
      <TracePlot
        series={series}
        window={window}
        onWindow={setWindow}
        label={`${series.name} over time; arrows move, plus and minus zoom, Home shows all`}
        drag={onBands !== undefined && isBrushing && !isFull ? 'brush' : 'pan'}
        onBrush={add}
        above={(scale) => <BandLane name={own} bands={bands} scale={scale} />}
        over={(scale) => <BandsBehind bands={bands} scale={scale} />}
        {...(modelBands
          ? {
              below: (scale: PlotScale) => (
                <BandLane name={props.modelText ?? 'the model’s bands'} bands={modelBands} scale={scale} />
              ),
            }
          : {})}
      />
      <TraceZoomButtons timeS={series.timeS} window={window} onWindow={setWindow} />
      {onBands === undefined ? (
        <BandWords name={own} bands={bands} />
      ) : (
        <>
          <ol className={styles.list} aria-label={own}>
            {bands.map((band, index) => (
              <BandFields
                // biome-ignore lint/suspicious/noArrayIndexKey: bands have no identity but their place
                key={index}
                number={index + 1}
                band={band}
                whole={whole}
                onChange={(changed) => change(index, changed)}
                onRemove={() => remove(index)}
              />
            ))}
          </ol>
          <div className={styles.actions}>
            <Button
              variant="default"
              disabled={isFull}
              leftSection={<IconPlus size="1.125rem" aria-hidden="true" />}
              onClick={addInMiddle}
            >
              Add a stretch by numbers
            </Button>
            {removed !== null && (
              <Button variant="subtle" onClick={undo}>
                Undo: bring back {secondsText(removed.band.fromS)} to {secondsText(removed.band.toS)}
              </Button>
            )}
            <span role="status" className={styles.count}>
              {bands.length} of at most {MAX_TRACE_BANDS} stretches
            </span>
          </div>
        </>
      )}
      {modelBands !== undefined && (
        <BandWords name={props.modelText ?? 'the model’s bands'} bands={modelBands} />
      )}
    </figure>
  );
}

const placeOf = (band: TraceBand, scale: PlotScale) => {
  const left = Math.max(0, scale.toPx(band.fromS));
  const right = Math.min(scale.widthPx, scale.toPx(band.toS));
  return right > left ? { left, width: Math.max(2, right - left) } : null;
};

function BandLane(props: { name: string; bands: readonly TraceBand[]; scale: PlotScale }) {
  return (
    <div className={styles.laneFrame}>
      <p className={styles.laneName}>{props.name}</p>
      <div className={styles.lane} aria-hidden="true">
        {props.bands.map((band, index) => {
          const place = placeOf(band, props.scale);
          return (
            place && (
              // biome-ignore lint/suspicious/noArrayIndexKey: bands have no identity but their place
              <span key={index} className={styles.band} data-direction={band.direction} style={place}>
                <span className={styles.word}>{WORDS[band.direction]}</span>
              </span>
            )
          );
        })}
      </div>
    </div>
  );
}

function BandsBehind(props: { bands: readonly TraceBand[]; scale: PlotScale }) {
  return props.bands.map((band, index) => {
    const place = placeOf(band, props.scale);
    return (
      place && (
        // biome-ignore lint/suspicious/noArrayIndexKey: bands have no identity but their place
        <span key={index} className={styles.behind} data-direction={band.direction} style={place} />
      )
    );
  });
}

function BandWords(props: { name: string; bands: readonly TraceBand[] }) {
  return (
    <p className={styles.words}>
      {props.name}:{' '}
      {props.bands.length === 0
        ? 'none'
        : props.bands
            .map((b) => `${secondsText(b.fromS)} to ${secondsText(b.toS)} ${WORDS[b.direction]}`)
            .join('; ')}
    </p>
  );
}

function BandFields(props: {
  number: number;
  band: TraceBand;
  whole: TimeWindow;
  onChange: (band: TraceBand) => void;
  onRemove: () => void;
}) {
  const { band, whole, number } = props;
  const set = (part: 'fromS' | 'toS', value: number | null) => {
    const changed = { ...band, [part]: value ?? Number.NaN };
    if (changed.toS > changed.fromS && changed.fromS >= whole.fromS && changed.toS <= whole.toS)
      props.onChange(changed);
  };
  return (
    <li className={styles.row}>
      <DecimalField
        label={`Stretch ${number}: from, s`}
        value={band.fromS}
        onValue={(value) => set('fromS', value)}
      />
      <DecimalField
        label={`Stretch ${number}: to, s`}
        value={band.toS}
        onValue={(value) => set('toS', value)}
      />
      <ChoiceRow
        label={`Stretch ${number} speaks`}
        choices={[
          { value: 'for', label: 'for' },
          { value: 'against', label: 'against' },
        ]}
        value={band.direction}
        onChange={(direction) => props.onChange({ ...band, direction })}
      />
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconTrash size="1.125rem" aria-hidden="true" />}
        onClick={props.onRemove}
      >
        Remove stretch {number}
      </Button>
    </li>
  );
}
