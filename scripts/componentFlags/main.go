// Prints the flags of the control-plane and node components as JSON, read from the components' own flag sets.
// README.md beside this file says how to run it.
package main

import (
	"encoding/json"
	"flag"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"go.etcd.io/etcd/server/v3/embed"

	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app/options"
)

// table lists a component's flags by the way they take values: see server/src/kubernetes/flags/flagTable.ts.
type table map[string][]string

// typeOf sorts pflag's many types into five. bare is the value that the flag alone stands for, "" where it needs one.
func typeOf(pflagType, bare string) string {
	switch {
	case bare != "":
		return "boolean"
	case pflagType == "stringArray" || pflagType == "namedCertKey":
		return "array"
	case strings.HasSuffix(pflagType, "Slice") || strings.HasPrefix(pflagType, "[]"):
		return "list"
	case strings.Contains(strings.ToLower(pflagType), "mapstring") || pflagType == "stringToString":
		return "map"
	default:
		return "scalar"
	}
}

func (t table) add(name, flagType string) {
	t[flagType] = append(t[flagType], name)
	slices.Sort(t[flagType])
}

func kubernetesFlags(flags *pflag.FlagSet) table {
	names := table{}
	flags.VisitAll(func(f *pflag.Flag) {
		names.add(strings.ReplaceAll(f.Name, "_", "-"), typeOf(f.Value.Type(), f.NoOptDefVal))
	})
	return names
}

func kubeletFlags() (*pflag.FlagSet, error) {
	flags := pflag.NewFlagSet("kubelet", pflag.ContinueOnError)
	kubelet.NewKubeletFlags().AddFlags(flags)
	configuration, err := kubelet.NewKubeletConfiguration()
	if err != nil {
		return nil, err
	}
	kubelet.AddKubeletConfigFlags(flags, configuration)
	kubelet.AddGlobalFlags(flags)
	return flags, nil
}

// etcdFlags reads what embed registers; etcdmain adds these few (server/etcdmain/config.go, newConfig).
func etcdFlags() table {
	names := table{}
	for _, name := range []string{"config-file", "discovery-fallback", "initial-cluster-state", "v2-deprecation"} {
		names.add(name, "scalar")
	}
	names.add("version", "boolean")
	flags := flag.NewFlagSet("etcd", flag.ContinueOnError)
	embed.NewConfig().AddFlags(flags)
	flags.VisitAll(func(f *flag.Flag) {
		if boolean, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && boolean.IsBoolFlag() {
			names.add(f.Name, "boolean")
			return
		}
		names.add(f.Name, "scalar")
	})
	return names
}

// versionOf reads the version of a module from this program's own build information.
func versionOf(module string) string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		panic("built without module information")
	}
	for _, dependency := range build.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	panic("no dependency " + module)
}

func main() {
	nodeFlags, err := kubeletFlags()
	if err != nil {
		panic(err)
	}
	components := map[string]table{
		"etcd":                    etcdFlags(),
		"kube-apiserver":          kubernetesFlags(apiserver.NewAPIServerCommand().Flags()),
		"kube-controller-manager": kubernetesFlags(controllermanager.NewControllerManagerCommand().Flags()),
		"kube-proxy":              kubernetesFlags(proxy.NewProxyCommand().Flags()),
		"kube-scheduler":          kubernetesFlags(scheduler.NewSchedulerCommand().Flags()),
		"kubelet":                 kubernetesFlags(nodeFlags),
	}
	versions := map[string]string{
		"kubernetes": versionOf("k8s.io/kubernetes"),
		"etcd":       versionOf("go.etcd.io/etcd/server/v3"),
	}
	output := json.NewEncoder(os.Stdout)
	output.SetIndent("", "  ")
	if err := output.Encode(map[string]any{"versions": versions, "flags": components}); err != nil {
		panic(err)
	}
}
