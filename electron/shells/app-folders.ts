import { join } from 'node:path';

export interface AppFolders {
  rendererFolder: string;
  wasmFolder: string;
  modelsFolder: string;
  resourcesFolder: string;
  dataFolder: string;
  logFolder: string;
}

/**
 * Where everything lies: the same in both shells, so that a clinic may change from one to the other.
 * @param programFolder holds out/ (the sources' root, or the packed app)
 * @param filesFolder holds models/ and resources/ (the sources' root, or the package's resource folder)
 * @param ownFolder the app's own folder of this user
 */
export function appFolders(programFolder: string, filesFolder: string, ownFolder: string): AppFolders {
  const rendererFolder = join(programFolder, 'out', 'renderer');
  return {
    rendererFolder,
    wasmFolder: join(rendererFolder, 'wasm'),
    modelsFolder: join(filesFolder, 'models'),
    resourcesFolder: join(filesFolder, 'resources'),
    dataFolder: join(ownFolder, 'store'),
    logFolder: join(ownFolder, 'log'),
  };
}
