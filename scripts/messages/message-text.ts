/** What counts as text for a reader, and what is a name for the program. */

/** Names and keys of the program, styles and paths are no text. */
const NO_TEXT = [
  /^[\s\d.,:;!?()[\]{}%°·×±+\-–—−/|<>=~≥≤…"'“”‘’*#&]*$/u,
  /^[a-z][\w]*([-./][\w]+)+$/i, // kebab-case, channels, files
  /(^|\s)(var|calc|url|rgb|rgba|translate|rotate|min|max|clamp|light-dark)\(/,
  /^(#|--|\.{1,2}\/|\/|https?:|data:|blob:|app:)/,
  /^[MLHVCSQTAZmlhvcsqtaz][\d\s,.MLHVCSQTAZmlhvcsqtaz-]*$/, // a path of a drawing
  /[{}]|[\w-]+:\s*[^;]+;\s*$/, // a rule of a style sheet
];

const WORD = /\p{L}{2,}/u;
/** Two words, or one that begins like a label: "Timeline", "Save". */
const SEVERAL_WORDS = /\p{L}[\p{L}’'.,:;)%-]*\s+[(“"]?[\p{L}\d{]/u;
const LABEL = /^\p{Lu}\p{Ll}{2,}[\p{Ll}:.…]*$/u;
/** Camel case is a name of the program. */
const CAMEL = /^\p{Ll}+\p{Lu}/u;

/** Text of an element or of an attribute that only readers see. */
export const isShownText = (text: string): boolean => WORD.test(text) && !/^&\w+;$/.test(text.trim());

/**
 * A literal anywhere in the code that reads like text: two words or more, or one word that is written like a label.
 * @param text the literal; of a template, with {0}, {1} where values stand.
 */
export function isLikelyText(text: string): boolean {
  const trimmed = text.trim();
  const words = trimmed.replace(/\{\d+\}/g, ' ').trim();
  if (!WORD.test(words) || CAMEL.test(words)) return false;
  if (NO_TEXT.some((pattern) => pattern.test(words))) return false;
  if (/\{\d+\}/.test(trimmed)) return /\s/.test(trimmed) && /(^|[\s(“"])\p{L}{2,}/u.test(words);
  return SEVERAL_WORDS.test(trimmed) || LABEL.test(trimmed);
}

/** A word of a language, not a name of the program: letters only, no capital inside. */
export const isSingleWord = (text: string): boolean =>
  /^[\s,;(+−]*\p{L}\p{Ll}+(-handed)?[\s,.:;)]*$/u.test(text);

/** Attributes that hold no text for readers, whatever they look like. */
const PROGRAM_ATTRIBUTES =
  /^(className|classNames|style|styles|id|key|ref|type|role|href|src|variant|color|size|radius|gap|align|justify|component|name|value|defaultValue|htmlFor|form|autoComplete|inputMode|enterKeyHint|lang|dir|rel|target|method|pattern|accept|as|mode|tone|stroke|fill|d|points|transform|viewBox|dataKey|xAxisId|yAxisId|orientation|layout|position|placement|width|height|cursor|data-.*|aria-keyshortcuts|aria-live|aria-controls|aria-labelledby|aria-describedby|aria-current|aria-haspopup|aria-orientation|xmlns.*|font.*|text[A-Z].*|clipPath|mask|preserveAspectRatio|patternUnits|patternTransform|patternContentUnits|gradientUnits|gradientTransform|vectorEffect|pathLength|on[A-Z].*|screen|tab|kind|code|unit|measure|side|analysis|status|state|phase)$/;
export const isTextAttribute = (name: string): boolean => !PROGRAM_ATTRIBUTES.test(name);

/** Keys of objects whose values are names for the program. */
const PROGRAM_KEYS =
  /^(id|key|kind|code|type|value|screen|tab|measure|side|unit|units|status|state|phase|event|className|role|href|path|file|format|method|modelId|variant|color|tone|position|tag|storeKind|analysis|feature|direction|answer|verdict|sex|family|font.*|stroke.*|fill|transform|keys|timeZone|month|day|year|weekday|locale|style)$/;
export const isTextKey = (name: string): boolean => !PROGRAM_KEYS.test(name);
