import { useState } from 'react';
import type { PreferenceChange } from '../../../core/contract/channels/preferences.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { useChangePreferences } from '../../app/preferences.tsx';
import { FailureNotice } from '../../ui/notice.tsx';

/**
 * Choices that are kept as soon as they are made.
 * @returns `save`, and a notice that says why the last one was not kept: it then stands as it was before.
 */
export function useSavedChoice() {
  const change = useChangePreferences();
  const [error, setError] = useState<WireError | null>(null);
  return {
    /** @returns whether it was kept. */
    save: async (changed: PreferenceChange): Promise<boolean> => {
      const failed = await change(changed);
      setError(failed);
      return failed === null;
    },
    failure: error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />,
  };
}
