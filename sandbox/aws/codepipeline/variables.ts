import type { Execution } from './execution.ts';

const reference = /#\{([A-Za-z0-9@\-_]+)\.([A-Za-z0-9@\-_]+)\}/g;

/** A `#{namespace.name}` that nothing stands for. */
export class UnknownVariable extends Error {
  constructor(what: string) {
    super(`The action configuration contains a variable that could not be resolved: ${what}`);
    this.name = 'UnknownVariable';
  }
}

function valueOf(execution: Execution, namespace: string, name: string): string | undefined {
  if (namespace === 'codepipeline') return name === 'PipelineExecutionId' ? execution.id : undefined;
  if (namespace === 'variables') return execution.variables[name];
  return execution.outputs.get(namespace)?.[name];
}

/** The configuration with every `#{namespace.name}` replaced. Throws `UnknownVariable`. */
export function resolveConfiguration(execution: Execution, configuration: Readonly<Record<string, string>>): Record<string, string> {
  const resolve = (text: string): string =>
    text.replaceAll(reference, (whole: string, namespace: string, name: string) => {
      const value = valueOf(execution, namespace, name);
      if (value === undefined) throw new UnknownVariable(whole);
      return value;
    });
  return Object.fromEntries(Object.entries(configuration).map(([key, text]) => [key, resolve(text)]));
}
