import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { AwsAccount } from './account.ts';
import { bundledBot } from './bundle.ts';
import { QUICK } from './cast.ts';
import { Stage, type StageOptions } from './stage.ts';
import { Tale } from './tale.ts';

/** Where a story is told: the processes, the AWS account behind them, and what is written down. */
export interface Scene {
  readonly stage: Stage;
  readonly aws: AwsAccount;
  readonly tale: Tale;
}

export interface SceneOptions extends StageOptions {
  /** The app that is told of, and its channel; shop by default. */
  readonly app?: 'shop' | 'api';
  /** Runs the bot as it is shipped, which also starts sooner; false: its sources. */
  readonly bundled?: boolean;
  /** Each story begins by itself (`stage.begin`), with a configuration or a seed of its own. */
  readonly beginsItself?: boolean;
}

/**
 * One stage for the stories of this block, closed after the last; before each a new workspace, account and data folder,
 * and the bot on them. Answers with what gives the present story its scene.
 */
export function sceneForEach({ app = 'shop', bundled = true, beginsItself = false, ...options }: SceneOptions = {}): () => Scene {
  let stage: Stage | undefined;
  let scene: Scene | undefined;
  beforeAll(async () => {
    stage = await Stage.open({ config: QUICK, ...(bundled && { program: bundledBot() }), ...options });
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    if (!stage) throw new Error('the stage was not opened');
    if (!beginsItself) await stage.begin();
    scene = { stage, aws: new AwsAccount(stage, app), tale: new Tale(stage, app) };
  });
  return () => {
    if (!scene) throw new Error('a scene is there only while a story is told');
    return scene;
  };
}
