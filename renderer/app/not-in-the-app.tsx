/** Shown when the page was opened outside the app: there is no door to the records. */
export function NotInTheApp() {
  return (
    <main>
      <h1>This page belongs to Prehensa</h1>
      <p>
        It was opened outside the app and cannot reach any records. Nothing was lost. Start Prehensa instead.
      </p>
    </main>
  );
}
