// Prints the life of every built-in kind as JSON, read from the sources of several Kubernetes releases.
// README.md beside this file says how to run it.
package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Newest first: what a newer release says of a kind counts. Older releases are asked for the kinds whose packages have
// left the modules since (autoscaling/v2beta2 with v0.36, policy/v1beta1 PodSecurityPolicy with v0.29).
var releases = []string{"v0.37.2", "v0.32.13", "v0.29.15", "v0.25.16", "v0.22.17"}

var modules = []string{"k8s.io/api", "k8s.io/apiextensions-apiserver", "k8s.io/kube-aggregator"}

// life is in minor versions of Kubernetes 1; 0 for what is not known or not planned.
type life struct {
	Introduced  int    `json:"introduced,omitempty"`
	Deprecated  int    `json:"deprecated,omitempty"`
	Removed     int    `json:"removed,omitempty"`
	Replacement string `json:"replacement,omitempty"`
}

var (
	groupName   = regexp.MustCompile(`const GroupName = "([^"]*)"`)
	minorMethod = regexp.MustCompile(`func \(in \*(\w+)\) APILifecycle(Introduced|Deprecated|Removed)\(\) \(major, minor int\) \{\s*return 1, (\d+)`)
	replacement = regexp.MustCompile(`func \(in \*(\w+)\) APILifecycleReplacement\(\) schema\.GroupVersionKind \{\s*return schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"\}`)
)

// withoutData are kinds that no generated file describes: removed with the release whose pkg/registry/{rbac,scheduling,node}/rest
// no longer mentions the version; deprecation from their types.go, where it says any.
var withoutData = map[string]map[string]life{
	"rbac.authorization.k8s.io/v1alpha1": {
		"ClusterRole":        {6, 17, 23, "rbac.authorization.k8s.io/v1"},
		"ClusterRoleBinding": {6, 17, 23, "rbac.authorization.k8s.io/v1"},
		"Role":               {6, 17, 23, "rbac.authorization.k8s.io/v1"},
		"RoleBinding":        {6, 17, 23, "rbac.authorization.k8s.io/v1"},
	},
	"node.k8s.io/v1alpha1":       {"RuntimeClass": {12, 0, 24, "node.k8s.io/v1"}},
	"scheduling.k8s.io/v1alpha1": {"PriorityClass": {8, 14, 23, "scheduling.k8s.io/v1"}},
}

func main() {
	table := map[string]map[string]life{}
	for _, release := range releases {
		for _, module := range modules {
			for apiVersion, kinds := range readModule(module, release) {
				merge(table, apiVersion, kinds)
			}
		}
	}
	for apiVersion, kinds := range withoutData {
		merge(table, apiVersion, kinds)
	}
	output := json.NewEncoder(os.Stdout)
	output.SetIndent("", "  ")
	must(output.Encode(map[string]any{"newestRelease": newestMinor(), "kinds": table}))
}

func newestMinor() int {
	return atoi(strings.Split(releases[0], ".")[1])
}

// merge keeps what is already in the table, which comes from a newer release.
func merge(table map[string]map[string]life, apiVersion string, kinds map[string]life) {
	if table[apiVersion] == nil {
		table[apiVersion] = map[string]life{}
	}
	for kind, found := range kinds {
		if _, known := table[apiVersion][kind]; !known {
			table[apiVersion][kind] = found
		}
	}
}

// readModule gives the kinds of every package with lifecycle data, by apiVersion.
func readModule(module, release string) map[string]map[string]life {
	answer, err := exec.Command("go", "mod", "download", "-json", module+"@"+release).Output()
	must(err)
	var downloaded struct{ Dir string }
	must(json.Unmarshal(answer, &downloaded))
	table := map[string]map[string]life{}
	must(filepath.WalkDir(downloaded.Dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Name() == "zz_generated.prerelease-lifecycle.go" {
			table[apiVersionOf(filepath.Dir(path))] = readKinds(path)
		}
		return err
	}))
	return table
}

// apiVersionOf takes the group from register.go: folders are named otherwise (flowcontrol, rbac).
func apiVersionOf(folder string) string {
	source, err := os.ReadFile(filepath.Join(folder, "register.go"))
	must(err)
	group := string(groupName.FindSubmatch(source)[1])
	return strings.TrimPrefix(group+"/"+filepath.Base(folder), "/")
}

func readKinds(path string) map[string]life {
	source, err := os.ReadFile(path)
	must(err)
	kinds := map[string]life{}
	for _, match := range minorMethod.FindAllStringSubmatch(string(source), -1) {
		found := kinds[match[1]]
		switch match[2] {
		case "Introduced":
			found.Introduced = atoi(match[3])
		case "Deprecated":
			found.Deprecated = atoi(match[3])
		case "Removed":
			found.Removed = atoi(match[3])
		}
		kinds[match[1]] = found
	}
	for _, match := range replacement.FindAllStringSubmatch(string(source), -1) {
		// A replacement of another kind is a slip of the tag (IngressClass names IngressClassList).
		if match[1] == match[4] {
			found := kinds[match[1]]
			found.Replacement = strings.TrimPrefix(match[2]+"/"+match[3], "/")
			kinds[match[1]] = found
		}
	}
	for kind := range kinds {
		if _, isListOfKind := kinds[strings.TrimSuffix(kind, "List")]; isListOfKind && strings.HasSuffix(kind, "List") {
			delete(kinds, kind)
		}
	}
	return kinds
}

func atoi(text string) int {
	number, err := strconv.Atoi(text)
	must(err)
	return number
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
