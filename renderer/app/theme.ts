import {
  type ButtonProps,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorScheme,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core';

const INK: MantineColorsTuple = [
  '#eef3fa',
  '#dde7f4',
  '#bcd0ea',
  '#9dbdf0',
  '#739cd8',
  '#4a7cc0',
  '#2f62a6',
  '#1f4478',
  '#173660',
  '#102747',
];
const GREY: MantineColorsTuple = [
  '#f5f7f9',
  '#eef1f4',
  '#dde2e8',
  '#c8cfd8',
  '#a9b3bf',
  '#7a8797',
  '#55606e',
  '#3d4754',
  '#262d36',
  '#151a21',
];
const DARK: MantineColorsTuple = [
  '#e8ebef',
  '#c8cfd8',
  '#a9b3bf',
  '#77838f',
  '#3c4551',
  '#2a313a',
  '#1b2027',
  '#14181d',
  '#0f1216',
  '#0a0c0f',
];
const RED: MantineColorsTuple = [
  '#fdf1f0',
  '#fadfdd',
  '#f4bcb8',
  '#ff9c91',
  '#e4675d',
  '#d2463c',
  '#c2352b',
  '#b3261e',
  '#8f1d17',
  '#6b1510',
];

const TARGET = 'var(--target)';
// The hint stands below its field, so that fields side by side begin on one line.
const field = {
  defaultProps: { size: 'md', inputWrapperOrder: ['label', 'input', 'description', 'error'] as const },
};
const isFilledAction = (props: ButtonProps) =>
  (props.variant === undefined || props.variant === 'filled') && props.color === undefined;

/** The one theme: look.md's scale, ink-blue for action, 44 px targets, radius 6. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', 'Segoe UI', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', 'Segoe UI', system-ui, sans-serif", fontWeight: '600' },
  colors: { ink: INK, gray: GREY, dark: DARK, red: RED },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  white: '#ffffff',
  black: '#151a21',
  defaultRadius: 'md',
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.375rem', lg: '0.375rem', xl: '0.375rem' },
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '0.9375rem', lg: '1.125rem', xl: '1.5rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.5', lg: '1.4', xl: '1.3' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  shadows: {
    xs: 'var(--shadow)',
    sm: 'var(--shadow)',
    md: 'var(--shadow)',
    lg: 'var(--shadow)',
    xl: 'var(--shadow)',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: {
      defaultProps: { size: 'md' },
      vars: (_theme: MantineTheme, props: ButtonProps) => ({
        root: {
          '--button-height': TARGET,
          '--button-padding-x': '1.125rem',
          // On the dark theme the action colour is light: its text is dark.
          ...(isFilledAction(props) ? { '--button-color': 'var(--action-text)' } : {}),
        },
      }),
    },
    ActionIcon: { vars: () => ({ root: { '--ai-size': TARGET } }) },
    Input: { defaultProps: { size: 'md' }, vars: () => ({ wrapper: { '--input-height': TARGET } }) },
    TextInput: field,
    PasswordInput: field,
    // A comma is a decimal mark like the point, wherever a number is typed.
    NumberInput: { defaultProps: { ...field.defaultProps, allowedDecimalSeparators: ['.', ','] } },
    Textarea: field,
    Select: field,
    NativeSelect: field,
    SegmentedControl: { defaultProps: { size: 'md' } },
    CloseButton: { vars: () => ({ root: { '--cb-size': TARGET, '--cb-icon-size': '1.125rem' } }) },
    Checkbox: { vars: () => ({ root: { '--checkbox-icon-color': 'var(--action-text)' } }) },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 } },
    },
    // In place and with menu items only inside: a screen reader hears a menu of its landmark.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { transitionProps: { duration: 100 } } },
  },
});

/** Mantine's own variables follow the tokens, so that its components and ours never differ. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-quiet)',
    '--mantine-color-placeholder': 'var(--text-quiet)',
    '--mantine-color-anchor': 'var(--link)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--hairline-strong)',
    '--mantine-primary-color-filled': 'var(--action)',
    '--mantine-primary-color-filled-hover': 'var(--action-hover)',
    '--mantine-primary-color-contrast': 'var(--action-text)',
  };
  return { variables: {}, light: shared, dark: shared };
};

/** Keeps the colour scheme in memory: the page may write to no storage of the browser. */
export function memoryColorSchemeManager(): MantineColorSchemeManager {
  let chosen: MantineColorScheme | null = null;
  return {
    get: (fallback) => chosen ?? fallback,
    set: (value) => {
      chosen = value;
    },
    subscribe: () => {},
    unsubscribe: () => {},
    clear: () => {
      chosen = null;
    },
  };
}
