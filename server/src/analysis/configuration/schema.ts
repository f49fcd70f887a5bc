import type { JsonSchema, Rule } from '../../rules/index.ts';
import { allSettable, type Settable } from '../descriptions.ts';
import { profileNames, ruleSettings } from './parseConfiguration.ts';

/** The JSON schema (draft 7) of `.kubeharden.yaml`, with every rule, its description and its options. */
export function configurationSchema(rules?: readonly Rule[]): JsonSchema {
  const descriptions = [...allSettable(rules)].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'KubeHarden configuration',
    description: 'What KubeHarden judges in this folder and the folders below it, and how strictly.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      extends: {
        const: 'parent',
        description: 'Also take the settings of the next .kubeharden.yaml above. Without it this file holds alone.',
      },
      profile: {
        enum: profileNames,
        default: 'guide',
        description:
          'guide: every error, Pod Security baseline and the advice of the guide. restricted: adds Pod Security restricted and CIS hardening. all: adds what depends on context.',
      },
      kubernetesVersion: {
        type: 'string',
        pattern: '^v?1\\.\\d{1,3}(\\.\\d+)?$',
        description: 'The Kubernetes version that the manifests are meant for, quoted: "1.37".',
      },
      rules: { $ref: '#/definitions/rules' },
      exclude: { ...globs, description: 'Files below this folder that are not judged at all.' },
      overrides: {
        type: 'array',
        description: 'Other settings for some files; later ones win.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['paths'],
          properties: {
            paths: { ...globs, description: 'Files below this folder.' },
            rules: { $ref: '#/definitions/rules' },
            reason: { type: 'string', description: 'Why these files are judged differently.' },
          },
        },
      },
      podTemplates: {
        type: 'array',
        description: 'More kinds that carry a pod template.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'path'],
          properties: {
            kind: {
              type: 'string',
              description: 'Kind and group: Rollout.argoproj.io.',
              examples: ['Rollout.argoproj.io'],
            },
            path: {
              type: 'string',
              description: 'Where the pod template stands: spec.template.',
              default: 'spec.template',
            },
          },
        },
      },
      baseline: {
        type: 'string',
        description: 'A file of accepted findings, relative to this one; they are shown as info.',
        examples: ['.kubeharden-baseline.json'],
      },
    },
    definitions: {
      setting: { enum: ruleSettings, description: 'on: the severity of the rule itself, whatever the profile.' },
      rules: {
        type: 'object',
        additionalProperties: false,
        description: 'Settings by rule, and by check of a running cluster.',
        properties: Object.fromEntries(descriptions.map((rule) => [rule.id, ruleSchema(rule)])),
      },
    },
  };
}

const globs = { type: 'array', items: { type: 'string' }, examples: [['vendor/**']] };

function ruleSchema(rule: Settable): JsonSchema {
  const properties = {
    severity: { $ref: '#/definitions/setting' },
    ...(rule.options && { options: { ...rule.options.schema, default: rule.options.default } }),
  };
  return {
    description: `${rule.summary}. ${rule.why}`,
    oneOf: [{ $ref: '#/definitions/setting' }, { type: 'object', additionalProperties: false, properties }],
  };
}
