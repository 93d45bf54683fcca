import { createContext, useContext } from 'react';
import type { Workspace } from './door/shapes.ts';

const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export const WorkspaceProvider = WorkspaceContext.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('Drawn before the workspace was known.');
  return workspace;
}
