/**
 * Finds the texts of a source file, and puts others in their place.
 *
 * The source keeps its English sentences where they are read; a build in another language is made by replacing them when the
 * file is compiled. English needs no step at all. A template or the children of an element are one message: values and inner
 * elements stand as {0}, {1}, so that another language may order them differently.
 */
import { parseSync } from 'vite';
import { isLikelyText, isShownText, isSingleWord, isTextAttribute, isTextKey } from './message-text.ts';

/** Gives the text in another language; null leaves the English one. */
export type Translate = (message: string) => string | null;

export interface TransformedFile {
  code: string;
  /** In the order of the file; each once. */
  messages: string[];
}

interface Node {
  type: string;
  start: number;
  end: number;
  [name: string]: unknown;
}
interface Replacement {
  start: number;
  end: number;
  /** Built when written, so that what lies inside has its own replacements. */
  write: () => string;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Calls whose arguments are never read by a clinician. */
const SILENT_CALLS =
  /^(require|import|describe|it|test|expect|matchMedia|querySelector|querySelectorAll|closest|addEventListener|removeEventListener|getAttribute|setAttribute|hasAttribute|removeAttribute|getPropertyValue|setProperty|createElement|createElementNS|enum|literal|startsWith|endsWith|includes|indexOf|split|match|randomStream|getContext|postMessage|DateTimeFormat|NumberFormat|toLocaleString|localeCompare|useCall|on|emit)$/;
const SILENT_ERRORS = /^(Error|RangeError|TypeError|BundleError|AppError|RegExp|URL|Worker)$/;

/** Tables of words for values, and functions that say them. */
const READING_TABLE = /(NAMES|WORDS|TEXTS|LABELS|TITLES|SENTENCES|LINES)$/;
const READING_NAME = /(Words?|Text|Names?|Label|Sentence|Title|Line)$/;
/** Keys of objects whose values are made to be read. */
const READ_KEYS = new Set(['label', 'title', 'text', 'description', 'lead', 'heading', 'does', 'words']);
const UNREAD_PARTS = new Set(['typeAnnotation', 'typeArguments', 'typeParameters', 'returnType']);

/** Reads like an HTML parser: lines are trimmed and joined, as JSX does it. */
export function jsxText(raw: string): string {
  const lines = raw.split(/\r\n|\n|\r/);
  if (lines.length === 1) return decoded(raw);
  const kept = lines.map((line, i) => {
    let text = line.replaceAll('\t', ' ');
    if (i > 0) text = text.trimStart();
    if (i < lines.length - 1) text = text.trimEnd();
    return text;
  });
  return decoded(kept.filter((line) => line !== '').join(' '));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': '\u00a0',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};
const decoded = (text: string) => text.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);

/**
 * @param code TypeScript or TSX. @param file its path, for the parser. @param translate absent: nothing is replaced.
 * @throws Error when the file cannot be parsed.
 */
export function transformMessages(code: string, file: string, translate?: Translate): TransformedFile {
  const parsed = parseSync(file, code, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  if (parsed.errors.length > 0) throw new Error(`${file} cannot be parsed: ${parsed.errors[0]?.message}`);
  const messages = new Set<string>();
  const replacements: Replacement[] = [];
  const write = (start: number, end: number): string => {
    let text = '';
    let at = start;
    for (const each of replacements) {
      if (each.start < at || each.end > end || (each.start === start && each.end === end)) continue;
      text += code.slice(at, each.start) + each.write();
      at = each.end;
    }
    return text + code.slice(at, end);
  };
  const note = (message: string): string | null => {
    messages.add(message);
    return translate?.(message) ?? null;
  };
  const put = (node: { start: number; end: number }, text: () => string) =>
    replacements.push({ start: node.start, end: node.end, write: text });

  /** Inside of what is only made to be read, a single word is text as well. */
  let isReading = false;
  const reading = (is: boolean, then: () => void) => {
    const before = isReading;
    isReading = is;
    then();
    isReading = before;
  };

  const literal = (node: Node, isShown: boolean, wrap: (text: string) => string) => {
    const value = node.value as string;
    const isWord = isReading && isSingleWord(value);
    if (!(isShown ? isShownText(value) : isLikelyText(value) || isWord)) return;
    const translated = note(value);
    if (translated !== null) put(node, () => wrap(translated));
  };

  const template = (node: Node) => {
    const parts = node.quasis as { value: { cooked: string } }[];
    const values = node.expressions as Node[];
    const message = parts.map((part, i) => part.value.cooked + (i < values.length ? `{${i}}` : '')).join('');
    if (isLikelyText(message)) {
      const translated = note(message);
      if (translated !== null) {
        put(
          node,
          () =>
            `\`${filled(translated, (i) => `\${${write(values[i]!.start, values[i]!.end)}}`, escapedTemplate)}\``,
        );
      }
    }
    const isSentence = /\s/.test(message) && !/[/=;]/.test(message);
    reading(isReading || isSentence, () => {
      for (const value of values) visit(value, node);
    });
  };

  const children = (node: Node) => {
    const all = (node.children as Node[]).filter(
      (child) =>
        !(
          child.type === 'JSXExpressionContainer' && (child.expression as Node).type === 'JSXEmptyExpression'
        ),
    );
    const textOf = (child: Node): string | null => {
      if (child.type === 'JSXText') return jsxText(child.value as string);
      const inner = child.type === 'JSXExpressionContainer' ? (child.expression as Node) : null;
      return inner?.type === 'Literal' && typeof inner.value === 'string' ? inner.value : null;
    };
    const held: Node[] = [];
    let message = '';
    for (const child of all) {
      const text = textOf(child);
      message += text ?? `{${held.push(child) - 1}}`;
    }
    const isSilent = ['code', 'kbd'].includes(nameOf(node));
    if (!isSilent && all.some((child) => isShownText(textOf(child) ?? ''))) {
      const translated = note(message);
      const first = all[0];
      const last = all.at(-1);
      if (translated !== null && first && last) {
        put({ start: first.start, end: last.end }, () =>
          filled(
            translated,
            (i) => write(held[i]!.start, held[i]!.end),
            (text) => (text === '' ? '' : `{${JSON.stringify(text)}}`),
          ),
        );
      }
    }
    reading(true, () => {
      for (const child of all) if (textOf(child) === null) visit(child, node);
    });
  };

  const visit = (node: Node, parent: Node | null): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSInterfaceDeclaration':
      case 'TaggedTemplateExpression':
      case 'TSEnumDeclaration':
        return;
      case 'JSXElement':
      case 'JSXFragment':
        if (node.openingElement)
          for (const each of (node.openingElement as Node).attributes as Node[]) visit(each, node);
        children(node);
        return;
      case 'JSXAttribute': {
        const name = jsxName(node.name as Node);
        const value = node.value as Node | null;
        if (value === null) return;
        if (value.type === 'Literal') {
          if (isTextAttribute(name)) literal(value, true, (text) => `{${JSON.stringify(text)}}`);
        } else if (isTextAttribute(name)) visit(value, node);
        else if (/^on[A-Z]/.test(name)) reading(false, () => visit(value, node));
        return;
      }
      case 'Literal':
        if (typeof node.value === 'string' && isFree(node, parent))
          literal(node, false, (text) => JSON.stringify(text));
        return;
      case 'TemplateLiteral':
        if (isFree(node, parent)) template(node);
        else for (const value of node.expressions as Node[]) visit(value, node);
        return;
      case 'CallExpression':
      case 'NewExpression': {
        const callee = calleeName(node.callee as Node);
        // What is handed to a function is a value for it, whatever becomes of its answer.
        reading(callee === 'join', () => visitCall(node, callee));
        return;
      }
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration': {
        const name = String((node.id as Node | null)?.name ?? declaredName(parent));
        reading(isReading || READING_NAME.test(name), () => visitParts(node));
        return;
      }
      case 'VariableDeclarator': {
        const name = String((node.id as Node).name ?? '');
        reading(isReading || READING_TABLE.test(name) || READING_NAME.test(name), () => visitParts(node));
        return;
      }
      case 'Property': {
        if (node.computed) visit(node.key as Node, node);
        const key = node.key as Node;
        const name = (key.name ?? key.value ?? '') as string;
        const value = node.value as Node;
        if (isText(value) && !isTextKey(String(name)) && !isReading) return;
        reading(isReading || READ_KEYS.has(String(name)), () => visit(value, node));
        return;
      }
      case 'BinaryExpression':
        for (const side of [node.left, node.right] as Node[]) {
          if (!(isText(side) && /^[=!]=/.test(node.operator as string))) visit(side, node);
        }
        return;
      case 'SwitchCase':
        for (const each of node.consequent as Node[]) visit(each, node);
        return;
      case 'MemberExpression':
        visit(node.object as Node, node);
        if (node.computed && !isText(node.property as Node)) visit(node.property as Node, node);
        return;
      default:
        if (node.type.startsWith('TS') && !('expression' in node)) return;
        visitParts(node);
    }
  };
  const visitParts = (node: Node): void => {
    for (const [name, value] of Object.entries(node)) {
      if (UNREAD_PARTS.has(name)) continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node);
    }
  };
  const visitCall = (node: Node, callee: string): void => {
    visit(node.callee as Node, node);
    const isSilent =
      SILENT_CALLS.test(callee) || (node.type === 'NewExpression' && SILENT_ERRORS.test(callee));
    for (const each of node.arguments as Node[]) if (!(isSilent && isText(each))) visit(each, node);
  };
  visit(parsed.program as unknown as Node, null);
  replacements.sort((a, b) => a.start - b.start || b.end - a.end);
  return { code: translate ? write(0, code.length) : code, messages: [...messages] };
}

const isText = (node: Node) =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
/** A directive or a name of a module is no text. */
const isFree = (node: Node, parent: Node | null) =>
  parent === null ||
  (parent.type !== 'ExpressionStatement' && !(parent.type === 'ImportExpression' && node !== null));

const jsxName = (node: Node): string =>
  node.type === 'JSXNamespacedName'
    ? `${jsxName(node.namespace as Node)}:${jsxName(node.name as Node)}`
    : String(node.name ?? '');
function nameOf(node: Node): string {
  const opening = node.openingElement as Node | undefined;
  return opening ? jsxName(opening.name as Node) : '';
}
/** Name that a function is given by what it is assigned to. */
const declaredName = (parent: Node | null): string =>
  parent?.type === 'VariableDeclarator' ? String((parent.id as Node).name ?? '') : '';
const calleeName = (node: Node): string =>
  node.type === 'MemberExpression' ? String((node.property as Node).name ?? '') : String(node.name ?? '');

const escapedTemplate = (text: string) => text.replace(/[\\`]|\$\{/g, (found) => `\\${found}`);

/** A message with its placeholders written by `value` and its text by `text`. @throws RangeError for a missing one. */
function filled(message: string, value: (index: number) => string, text: (part: string) => string): string {
  return message
    .split(/(\{\d+\})/)
    .map((part) => (/^\{\d+\}$/.test(part) ? value(Number(part.slice(1, -1))) : text(part)))
    .join('');
}
