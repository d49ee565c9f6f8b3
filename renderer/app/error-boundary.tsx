import { Component, type ReactNode } from 'react';
import { BrokenScreen } from './broken-screen.tsx';

/**
 * Catches a defect of a screen. With `resetKey`, moving to another screen clears it, so that one broken screen does not
 * hold the others.
 */
export class ErrorBoundary extends Component<
  { children: ReactNode; resetKey?: string },
  { hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidUpdate(previous: { resetKey?: string }) {
    if (this.state.hasFailed && previous.resetKey !== this.props.resetKey) {
      this.setState({ hasFailed: false });
    }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return <BrokenScreen onRetry={() => this.setState({ hasFailed: false })} />;
  }
}
