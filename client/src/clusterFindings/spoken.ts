import type * as protocol from '../../../server/src/cluster/protocol/index.ts';
import type { Spoken } from '../../../server/src/sentences/index.ts';

// What the cluster process answers, with its sentences in the language of the user.

export type CheckResult = Spoken<protocol.CheckResult>;
export type ClusterReport = Spoken<protocol.ClusterReport>;
export type ContextList = Spoken<protocol.ContextList>;
export type ContextSummary = Spoken<protocol.ContextSummary>;
export type CoverageGap = Spoken<protocol.CoverageGap>;
export type DryRunResult = Spoken<protocol.DryRunResult>;
export type DryRunVerdict = Spoken<protocol.DryRunVerdict>;
export type LiveFinding = Spoken<protocol.LiveFinding>;
export type ReadObjectResult = Spoken<protocol.ReadObjectResult>;
export type ScanResult = Spoken<protocol.ScanResult>;
export type WhatIfResult = Spoken<protocol.WhatIfResult>;
