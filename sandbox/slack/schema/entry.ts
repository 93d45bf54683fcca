import type { HomeView, KnownBlock, ModalView } from '@slack/types';

/**
 * What `generate.mjs` turns into `blocks.schema.json`: Slack's own published types. `data_visualization` is on the
 * platform but not yet in the types (3.2.0); its shape is in ../block-kit/data-visualization.ts.
 */
export interface BlockKit {
  message: { blocks: KnownBlock[] };
  modal: Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] };
  home: Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] };
}
