import { configurationSchema } from '../../server/src/analysis/configuration/schema.ts';
import type { Rule } from '../../server/src/rules/index.ts';

export const configurationSchemaPath = 'schemas/kubeharden.schema.json';

/** The JSON schema of `.kubeharden.yaml` as it is shipped. */
export function configurationSchemaText(rules: readonly Rule[]): string {
  return `${JSON.stringify(configurationSchema(rules), undefined, 2)}\n`;
}
