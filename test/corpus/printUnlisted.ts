// Prints the findings in the corpus that are not listed yet, as lists to be judged and filed: see README.md here.
import { corpusFindings, corpusFolder } from './corpusFindings.ts';
import { listedPlaces, reviewedFindings, without } from './reviewedFindings.ts';

if (corpusFolder === undefined) throw new Error('Set KUBEHARDEN_CORPUS to the folder of the corpus.');
const findings = corpusFindings(corpusFolder);
const reviewed = reviewedFindings();

for (const ruleId of [...new Set(findings.map((finding) => finding.ruleId))].sort()) {
  const ofRule = findings.filter((finding) => finding.ruleId === ruleId);
  const places = ofRule.map(({ path, line }) => `${path}:${line}`);
  const unlisted = new Set(without(places, listedPlaces(reviewed.get(ruleId) ?? [])));
  const counted = reviewed.get(ruleId)?.some(({ count }) => count !== undefined) === true;
  if (unlisted.size === 0 || counted) continue;
  console.log(`# reviewed/${ruleId}.yaml\n- verdict:\n  reason:\n  findings:`);
  const open = ofRule.filter(({ path, line }) => unlisted.has(`${path}:${line}`));
  for (const path of new Set(open.map((finding) => finding.path))) {
    const here = open.filter((finding) => finding.path === path);
    for (const { line, message } of here) console.log(`    # ${line}: ${message}`);
    console.log(`    ${path}: [${here.map(({ line }) => line).join(', ')}]`);
  }
}
