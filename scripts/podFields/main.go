// Prints the fields of the types that a pod, a ServiceAccount and a Secret are made of as JSON, read from Kubernetes' own
// Go types. README.md beside this file says how to run it.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"runtime/debug"
	"strings"

	core "k8s.io/api/core/v1"
)

// EphemeralContainer and EphemeralContainerCommon are found through PodSpec, like all the rest of a pod.
var roots = []any{core.PodSpec{}, core.ServiceAccount{}, core.Secret{}}

// table has the type of each field by the name of the type that it is in.
type table map[string]map[string]string

func main() {
	types := table{}
	for _, root := range roots {
		types.add(reflect.TypeOf(root))
	}
	output := json.NewEncoder(os.Stdout)
	output.SetIndent("", "  ")
	if err := output.Encode(map[string]any{"version": versionOf("k8s.io/api"), "types": types}); err != nil {
		panic(err)
	}
}

// add describes a struct of core/v1 and those that its fields lead to.
func (types table) add(described reflect.Type) {
	if _, known := types[described.Name()]; known {
		return
	}
	fields := map[string]string{}
	types[described.Name()] = fields
	types.addFields(described, fields)
}

// addFields goes on in embedded structs whose fields JSON reads as the type's own (`json:",inline"`).
func (types table) addFields(described reflect.Type, fields map[string]string) {
	for field := range described.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-":
		case name == "" && field.Anonymous:
			types.addFields(field.Type, fields)
		case name == "":
			panic("no JSON name: " + described.Name() + "." + field.Name)
		default:
			fields[name] = types.nameOf(field.Type)
		}
	}
}

// nameOf writes a type as the API reference does: string, boolean, integer, the name of a struct, []item, map[string]value.
func (types table) nameOf(named reflect.Type) string {
	switch named.Kind() {
	case reflect.Pointer:
		return types.nameOf(named.Elem())
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int32, reflect.Int64:
		return "integer"
	case reflect.Slice:
		if named.Elem().Kind() == reflect.Uint8 {
			return "string" // base64
		}
		return "[]" + types.nameOf(named.Elem())
	case reflect.Map:
		return "map[string]" + types.nameOf(named.Elem())
	case reflect.Struct:
		// Those of other packages (ObjectMeta, Quantity, IntOrString) are named only: some read JSON in their own way.
		if named.PkgPath() == "k8s.io/api/core/v1" {
			types.add(named)
		}
		return named.Name()
	default:
		panic("no name for " + named.String())
	}
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
