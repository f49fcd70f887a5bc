// Judges pods by Kubernetes' own Pod Security checks. Reads questions as JSON, one per line of standard input, and answers
// each with one line of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

type question struct {
	// A Pod as YAML or JSON.
	Text string `json:"text"`
	// `v1.37` or `latest`.
	Version string `json:"version"`
}

// The ids of the checks that forbid the pod, sorted, by level.
type answer struct {
	Baseline   []policy.CheckID `json:"baseline"`
	Restricted []policy.CheckID `json:"restricted"`
	// The ids of the checks that the restricted level of this version consists of.
	Checks []policy.CheckID `json:"checks"`
}

// Why the API server could not read the pod.
type refusal struct {
	Error string `json:"error"`
}

func main() {
	judge, err := newJudge()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	input := json.NewDecoder(bufio.NewReader(os.Stdin))
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	for {
		var asked question
		if err := input.Decode(&asked); err != nil {
			return
		}
		if err := encoder.Encode(judge.answer(asked)); err != nil {
			os.Exit(1)
		}
	}
}

type judge struct {
	checks    []policy.Check
	evaluator policy.Evaluator
}

func newJudge() (judge, error) {
	checks := policy.DefaultChecks()
	evaluator, err := policy.NewEvaluator(checks, nil)
	return judge{checks, evaluator}, err
}

func (j judge) answer(asked question) any {
	version, err := api.ParseVersion(asked.Version)
	if err != nil {
		return refusal{err.Error()}
	}
	pod, err := decode(asked.Text)
	if err != nil {
		return refusal{err.Error()}
	}
	return answer{
		Baseline:   j.forbidding(pod, api.LevelVersion{Level: api.LevelBaseline, Version: version}),
		Restricted: j.forbidding(pod, api.LevelVersion{Level: api.LevelRestricted, Version: version}),
		Checks:     j.ids(api.LevelVersion{Level: api.LevelRestricted, Version: version}),
	}
}

// Decodes as the API server does: names of fields in their case, unknown fields dropped.
func decode(text string) (*corev1.Pod, error) {
	document, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return nil, err
	}
	pod := &corev1.Pod{}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(document, pod); err != nil {
		return nil, err
	}
	// Admission comes after defaulting, of which the checks see only this (kubernetes pkg/apis/core/v1/defaults.go,
	// SetDefaults_Volume). What it sets for pods on the host network is left out: these are forbidden anyway, and their
	// manifests name no host port.
	for i := range pod.Spec.Volumes {
		if source := &pod.Spec.Volumes[i].VolumeSource; *source == (corev1.VolumeSource{}) {
			source.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
	return pod, nil
}

// The results of the evaluator bear no ids, but there is one for each check, in the order of ids.
func (j judge) forbidding(pod *corev1.Pod, level api.LevelVersion) []policy.CheckID {
	ids := j.ids(level)
	results := j.evaluator.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec)
	if len(results) != len(ids) {
		panic(fmt.Sprintf("%s has %d checks, not %d", level, len(results), len(ids)))
	}
	forbidding := []policy.CheckID{}
	for i, result := range results {
		if !result.Allowed {
			forbidding = append(forbidding, ids[i])
		}
	}
	slices.Sort(forbidding)
	return forbidding
}

// The checks of a level in the evaluator's order: baseline before restricted, each sorted, without the overridden ones.
func (j judge) ids(level api.LevelVersion) []policy.CheckID {
	var baseline, restricted []policy.CheckID
	overridden := map[policy.CheckID]bool{}
	for _, check := range j.checks {
		revision := revisionAt(check, level.Version)
		if revision == nil {
			continue
		}
		if check.Level == api.LevelBaseline {
			baseline = append(baseline, check.ID)
		} else if level.Level == api.LevelRestricted {
			restricted = append(restricted, check.ID)
			for _, id := range revision.OverrideCheckIDs {
				overridden[id] = true
			}
		}
	}
	baseline = slices.DeleteFunc(baseline, func(id policy.CheckID) bool { return overridden[id] })
	slices.Sort(baseline)
	slices.Sort(restricted)
	return append(baseline, restricted...)
}

func revisionAt(check policy.Check, version api.Version) *policy.VersionedCheck {
	var revision *policy.VersionedCheck
	for i := range check.Versions {
		if !version.Older(check.Versions[i].MinimumVersion) {
			revision = &check.Versions[i]
		}
	}
	return revision
}
