import type { HelpTopic } from './commandLine.ts';

const overview = `kubeharden - hardens Kubernetes manifests

Usage:
  kubeharden check [paths | -]    judge files, directories or standard input (default: the current directory)
  kubeharden cluster              judge a running cluster; reads and never writes
  kubeharden rules                list the rules
  kubeharden explain <rule>       say why a rule exists, how to fix it and when not to follow it

  kubeharden <command> --help     options of a command
  kubeharden --version

Exit codes: 0 nothing found, 1 findings, 2 wrong usage or unreadable input.
`;

const check = `Usage: kubeharden check [options] [paths | -]

Judges the named files, the *.yaml, *.yml and *.json manifests below the named directories (default: the current
one; what .gitignore excludes is left out), or standard input when the path is "-". Rules that look across files
run for directories.

What is judged:
  -p, --profile <name>           guide, restricted or all; stronger than .kubeharden.yaml
  -c, --config <file>            use this file instead of every .kubeharden.yaml
      --kubernetes-version <v>   the minor version to judge for, such as 1.37
      --stdin-filename <path>    where standard input would lie: decides its configuration and its name in reports
      --baseline <file>          findings listed in this file are shown as info and never fail
      --write-baseline <file>    list the present findings in this file and exit 0

Fixing:
      --fix                      write the safe fixes into the files (standard input: print the fixed text)
      --fix --harden             also those that harden, which a running workload may notice
      --dry-run                  with --fix: print the changes as a unified diff and write nothing

Reporting:
  -f, --format <format>          text (default), json, sarif, junit or github
  -o, --output <file>            write the report to a file instead of standard output
      --fail-on <severity>       exit 1 from this severity on: error, warning (default) or info
  -q, --quiet                    text: one line per finding and no summary
      --no-color, --color        never or always use colour (default: on a terminal, unless NO_COLOR is set)
  -h, --help

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input.
`;

const cluster = `Usage: kubeharden cluster [options]

Judges a running cluster by the same rules: its objects, and the API server, RBAC, network policies, encryption, images,
monitoring and versions as a whole. It only reads, and says what it could not see and which permission would help.

What is judged:
      --context <name>           a context of the kubeconfig (default: the current one)
  -n, --namespace <name>         only this namespace; may be given several times
      --kubeconfig <file>        read this file instead of those of KUBECONFIG, or ~/.kube/config
  -p, --profile <name>           guide, restricted or all
  -c, --config <file>            a .kubeharden.yaml that holds for the cluster
      --system                   also what belongs to Kubernetes itself, such as kube-system
      --secret-metadata          also metadata of Secrets; their data is never read

Reporting:
  -f, --format <format>          text (default), json, sarif, junit or github
  -o, --output <file>            write the report to a file instead of standard output
      --fail-on <severity>       exit 1 from this severity on: error, warning (default) or info
  -q, --quiet                    text: one line per finding and no summary
      --no-color, --color        never or always use colour (default: on a terminal, unless NO_COLOR is set)
  -h, --help

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, or the cluster could not be read.
`;

const rules = `Usage: kubeharden rules [--format text | json]

Lists every rule with its severity, the smallest profile that includes it and the class of its fix.
`;

const explain = `Usage: kubeharden explain <rule>

Prints the documentation of a rule as Markdown.
`;

const texts: Readonly<Record<HelpTopic, string>> = { overview, check, cluster, rules, explain };

export function helpText(topic: HelpTopic): string {
  return texts[topic];
}
