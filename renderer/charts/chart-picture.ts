/**
 * A chart of the page as a picture of its own. The page's colours are variables of its style sheet, which a picture
 * does not have: they are written into the copy as they are drawn now.
 */

const DRAWN = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

const LINE_PX = 20;
const EDGE_PX = 16;
const SCALE = 2;

export interface PictureWords {
  title: string;
  /** Below the chart: what the marks mean, and what the picture must not be mistaken for. */
  lines: readonly string[];
}

/**
 * The SVG text of a chart with its title above and its words below, on the page's background.
 * @param widthPx, heightPx as drawn, CSS pixels.
 */
export function standaloneSvg(
  svg: SVGSVGElement,
  size: { widthPx: number; heightPx: number },
  words: PictureWords,
): { text: string; widthPx: number; heightPx: number } {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const drawn = [svg, ...svg.querySelectorAll('*')];
  const copied = [copy, ...copy.querySelectorAll('*')];
  drawn.forEach((element, index) => {
    const style = getComputedStyle(element);
    const target = copied[index];
    for (const name of DRAWN) {
      const value = style.getPropertyValue(name);
      if (value !== '') target?.setAttribute(name, value);
      else if (target?.getAttribute(name)?.includes('var(')) target.removeAttribute(name);
    }
    target?.removeAttribute('class');
    target?.removeAttribute('style');
  });
  const page = getComputedStyle(document.documentElement);
  const background = page.getPropertyValue('--surface') || '#ffffff';
  const ink = page.getPropertyValue('--text') || '#000000';
  const top = EDGE_PX + LINE_PX + EDGE_PX;
  const widthPx = size.widthPx + 2 * EDGE_PX;
  copy.setAttribute('x', String(EDGE_PX));
  copy.setAttribute('y', String(top));
  copy.setAttribute('width', String(size.widthPx));
  copy.setAttribute('height', String(size.heightPx));
  const line = (text: string, y: number, weight: number) =>
    `<text x="${EDGE_PX}" y="${y}" fill="${ink}" font-family="sans-serif" font-size="14" font-weight="${weight}">${escaped(text)}</text>`;
  const wrapped = words.lines.flatMap((text) => wrappedLines(text, charactersIn(size.widthPx)));
  const lines = wrapped.map((text, index) => line(text, top + size.heightPx + (index + 1) * LINE_PX, 400));
  const heightPx = top + size.heightPx + lines.length * LINE_PX + EDGE_PX;
  return {
    widthPx,
    heightPx,
    text: [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">`,
      `<rect width="100%" height="100%" fill="${background}"/>`,
      line(words.title, EDGE_PX + LINE_PX, 600),
      new XMLSerializer().serializeToString(copy),
      ...lines,
      '</svg>',
    ].join(''),
  };
}

/** The chart inside `figure` as SVG of its own. @throws Error when there is no chart. */
export function chartSvg(figure: HTMLElement, words: PictureWords) {
  const svg = figure.querySelector<SVGSVGElement>('svg.recharts-surface');
  if (svg === null) throw new Error('no chart is drawn');
  const box = svg.getBoundingClientRect();
  return standaloneSvg(svg, { widthPx: box.width, heightPx: box.height }, words);
}

/** The chart inside `figure` as PNG, twice the size on screen. @throws Error when there is no chart, or it cannot be drawn. */
export async function chartPng(figure: HTMLElement, words: PictureWords): Promise<Blob> {
  const picture = chartSvg(figure, words);
  const image = new Image();
  const url = URL.createObjectURL(new Blob([picture.text], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.widthPx * SCALE);
    canvas.height = Math.round(picture.heightPx * SCALE);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Sans-serif of 14 px is about 7.5 px wide a letter on average. */
const charactersIn = (widthPx: number): number => Math.max(20, Math.floor(widthPx / 7.5));

/** A text in lines of at most `length` characters, broken between words: a picture has no line breaks of its own. */
export function wrappedLines(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Bytes as base64, for the wire. */
export async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
