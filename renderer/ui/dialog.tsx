import { Modal, type ModalRootProps } from '@mantine/core';
import type { ReactNode } from 'react';

/** A dialogue over the page with its title and a way out. Its head is no second banner of the page. */
export function Dialog(props: {
  isOpen: boolean;
  title: string;
  closeLabel: string;
  size?: NonNullable<ModalRootProps['size']>;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Modal.Root opened={props.isOpen} onClose={props.onClose} size={props.size ?? 'md'} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header role="presentation">
          <Modal.Title>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={props.closeLabel} />
        </Modal.Header>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
