import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Conclusion } from '../../../core/contract/channels/reports.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useLeaveGuard } from '../../app/leave-guard.tsx';
import { useApi } from '../../platform/api.tsx';
import { shortDate } from '../../ui/calendar-date.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';

/** The clinician's own words at the end of the report; each saved text is a new version. */
export function ConclusionField(props: {
  sessionId: SessionId;
  saved: Conclusion;
  onSaved: (conclusion: Conclusion) => void;
  onReread: () => void;
}) {
  const api = useApi();
  const [text, setText] = useState(props.saved.text);
  /** The version that stands in the field; a newer one of somebody else is shown above it. */
  const [seen, setSeen] = useState(props.saved.version);
  const [error, setError] = useState<WireError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const isChanged = text.trim() !== props.saved.text;
  useLeaveGuard(isChanged && !isSaving);
  if (props.saved.isHidden) {
    return (
      <Notice tone="info" title="The conclusion is hidden while a judgement or your second reading is open.">
        It was written beside the result. It comes back when you lock, or close the session without a
        judgement.
      </Notice>
    );
  }
  const save = async () => {
    setIsSaving(true);
    const result = await api['reports.saveConclusion']({
      sessionId: props.sessionId,
      text,
      basedOn: props.saved.version,
    });
    setIsSaving(false);
    setError(result.ok ? null : result.error);
    if (result.ok) {
      setText(result.value.text);
      setSeen(result.value.version);
      props.onSaved(result.value);
    }
  };
  const isNewer = props.saved.version > seen;
  return (
    <>
      {props.saved.isForAnotherPerson === true && (
        <Notice tone="caution" title="This conclusion was written about another person.">
          The session was put under this patient afterwards. It does not stand on the page until you save it
          for this patient.
        </Notice>
      )}
      {isNewer && (
        <Notice
          tone="caution"
          title={`Another conclusion was saved meanwhile by ${props.saved.userName}. What you typed is still here.`}
        >
          “{props.saved.text}” Saving yours puts it on top; both are kept.
        </Notice>
      )}
      <Textarea
        label="Your conclusion"
        description="In your own words; stands at the end of the report. At most 600 characters."
        autosize
        minRows={3}
        maxLength={600}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {error !== null && (
        <FailureNotice
          {...errorText(error)}
          incident={error.incident}
          onRetry={error.code === 'session.wrong_state' ? props.onReread : undefined}
        />
      )}
      <Group mt="sm">
        <Button
          onClick={() => void save()}
          disabled={(!isChanged && props.saved.isForAnotherPerson !== true) || isSaving}
        >
          Save the conclusion
        </Button>
        <span role="status">
          {isChanged
            ? 'not saved yet'
            : props.saved.createdAt !== null &&
              `saved ${shortDate(props.saved.createdAt)} by ${props.saved.userName}`}
        </span>
      </Group>
    </>
  );
}
