/** The screens of a clinic's day around the main job: the same tours that the checks of accessibility walk. */
import type { AtScreen } from '../../e2e/pages/tour.ts';
import { tourOfPatients, tourOfPlaces } from '../../e2e/pages/tour.ts';
import { tourOfAnalyses, tourOfFigures } from '../../e2e/pages/tour-of-further-screens.ts';
import { openSampleClinic } from '../../e2e/pages/welcome.ts';
import type { OpenAgain, Shooter } from './shoot.ts';

/** "trends, no session yet" as the name of a picture; "day-" keeps it apart from the pictures of the main job. */
const pictureName = (screen: string): string => `day-${screen.replace(/[^a-z0-9]+/g, '-')}`;

export async function walkClinicDay(shooter: Shooter, open: OpenAgain): Promise<void> {
  const { page } = await open();
  const at: AtScreen = (screen) => shooter.shoot(page, pictureName(screen));
  await openSampleClinic(page);
  for (const tour of [tourOfFigures, tourOfAnalyses, tourOfPlaces, tourOfPatients]) {
    if (shooter.isDone()) return;
    await tour(page, at);
  }
}
