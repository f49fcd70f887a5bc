// Evaluates image policies as their engines do: one JSON question per line of standard input, one line of JSON in answer.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	gatekeeper "github.com/open-policy-agent/frameworks/constraint/pkg/client/drivers/rego"
	"github.com/open-policy-agent/frameworks/constraint/pkg/client/drivers/rego/schema"
	"github.com/open-policy-agent/frameworks/constraint/pkg/core/templates"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	// "gatekeeper" or "opa".
	Engine string `json:"engine"`
	Rego   string `json:"rego"`
	// The syntax: "v0" or "v1".
	Version string `json:"version"`
	// AdmissionRequests.
	Requests []map[string]any `json:"requests"`
}

type answer struct {
	// For each request the messages with which it is denied.
	Denials [][]string `json:"denials,omitempty"`
	// Why the policy cannot be loaded.
	Error string `json:"error,omitempty"`
}

// Gatekeeper's own driver: it refuses what Gatekeeper refuses.
func askGatekeeper(ctx context.Context, q question) (answer, error) {
	const target = "admission.k8s.gatekeeper.sh"
	driver, err := gatekeeper.New()
	if err != nil {
		return answer{}, err
	}
	source := &schema.Source{Rego: q.Rego, Version: q.Version}
	template := &templates.ConstraintTemplate{}
	template.Name = "policy"
	template.Spec.CRD.Spec.Names.Kind = "Policy"
	template.Spec.Targets = []templates.Target{{
		Target: target,
		Code: []templates.Code{{
			Engine: schema.Name,
			Source: &templates.Anything{Value: source.ToUnstructured()},
		}},
	}}
	if err := driver.AddTemplate(ctx, template); err != nil {
		return answer{Error: err.Error()}, nil
	}
	constraint := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind":       "Policy",
		"metadata":   map[string]any{"name": "policy"},
	}}
	if err := driver.AddConstraint(ctx, constraint); err != nil {
		return answer{}, err
	}
	result := answer{}
	for _, request := range q.Requests {
		response, err := driver.Query(ctx, target, []*unstructured.Unstructured{constraint}, request)
		if err != nil {
			return answer{}, err
		}
		messages := []string{}
		for _, denial := range response.Results {
			messages = append(messages, denial.Msg)
		}
		result.Denials = append(result.Denials, messages)
	}
	return result, nil
}

// OPA as an admission webhook, with the usual rule `deny` of package kubernetes.admission.
func askOpa(ctx context.Context, q question) (answer, error) {
	version := ast.RegoV1
	if q.Version == "v0" {
		version = ast.RegoV0
	}
	query, err := rego.New(
		rego.Query("data.kubernetes.admission.deny"),
		rego.Module("policy.rego", q.Rego),
		rego.SetRegoVersion(version),
	).PrepareForEval(ctx)
	if err != nil {
		return answer{Error: err.Error()}, nil
	}
	result := answer{}
	for _, request := range q.Requests {
		input := map[string]any{"kind": "AdmissionReview", "request": request}
		response, err := query.Eval(ctx, rego.EvalInput(input))
		if err != nil {
			return answer{}, err
		}
		messages := []string{}
		for _, found := range response {
			for _, denial := range found.Expressions[0].Value.([]any) {
				messages = append(messages, fmt.Sprint(denial))
			}
		}
		result.Denials = append(result.Denials, messages)
	}
	return result, nil
}

func ask(ctx context.Context, q question) (answer, error) {
	switch q.Engine {
	case "gatekeeper":
		return askGatekeeper(ctx, q)
	case "opa":
		return askOpa(ctx, q)
	default:
		return answer{}, errors.New("unknown engine " + q.Engine)
	}
}

func main() {
	input := json.NewDecoder(bufio.NewReader(os.Stdin))
	encoder := json.NewEncoder(os.Stdout)
	for input.More() {
		var q question
		err := input.Decode(&q)
		var result answer
		if err == nil {
			result, err = ask(context.Background(), q)
		}
		if err == nil {
			err = encoder.Encode(result)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
