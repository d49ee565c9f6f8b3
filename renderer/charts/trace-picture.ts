/** The drawn trace with a title above and words below it, as PNG on the page's background. */
const LINE_PX = 20;
const EDGE_PX = 16;

/**
 * @param canvas - as drawn, in device pixels.
 * @param words.lines - below the plot: what it is, and what it must not be mistaken for.
 * @throws Error when no picture can be made.
 */
export function tracePng(
  canvas: HTMLCanvasElement,
  words: { title: string; lines: readonly string[] },
): Promise<Blob> {
  const scale = globalThis.devicePixelRatio || 1;
  const top = (2 * EDGE_PX + LINE_PX) * scale;
  const picture = document.createElement('canvas');
  picture.width = canvas.width + 2 * EDGE_PX * scale;
  picture.height = top + canvas.height + (words.lines.length * LINE_PX + EDGE_PX) * scale;
  const context = picture.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const style = getComputedStyle(document.documentElement);
  context.fillStyle = style.getPropertyValue('--surface') || '#ffffff';
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, EDGE_PX * scale, top);
  context.fillStyle = style.getPropertyValue('--text') || '#000000';
  const write = (text: string, y: number, weight: number) => {
    context.font = `${weight} ${14 * scale}px sans-serif`;
    context.fillText(text, EDGE_PX * scale, y, picture.width - 2 * EDGE_PX * scale);
  };
  write(words.title, (EDGE_PX + LINE_PX) * scale, 600);
  words.lines.forEach((line, index) => {
    write(line, top + canvas.height + (index + 1) * LINE_PX * scale, 400);
  });
  return new Promise((resolve, reject) =>
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}
