// Reads YAML documents or files as JSON strings, one per line of standard input, and answers each with one line of JSON:
// what Kubernetes' own libraries make of it. With -split, each input is a file, which is split as kubectl splits it.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"strings"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type answer struct {
	// The document as JSON.
	JSON json.RawMessage `json:"json,omitempty"`
	// Why it cannot be read.
	Error string `json:"error,omitempty"`
	// Why strict decoding refuses it.
	StrictError string `json:"strictError,omitempty"`
}

func read(document []byte) answer {
	converted, err := yaml.YAMLToJSON(document)
	if err != nil {
		return answer{Error: err.Error()}
	}
	result := answer{JSON: converted}
	if _, err := yaml.YAMLToJSONStrict(document); err != nil {
		result.StrictError = err.Error()
	}
	return result
}

func split(file string) []answer {
	answers := []answer{}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(file)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return answers
		}
		if err != nil {
			return append(answers, answer{Error: err.Error()})
		}
		answers = append(answers, read(document))
	}
}

func main() {
	files := flag.Bool("split", false, "inputs are files of several documents")
	flag.Parse()
	input := json.NewDecoder(os.Stdin)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	for {
		var text string
		if err := input.Decode(&text); err != nil {
			return
		}
		var result any
		if *files {
			result = split(text)
		} else {
			result = read([]byte(text))
		}
		if err := encoder.Encode(result); err != nil {
			os.Exit(1)
		}
	}
}
