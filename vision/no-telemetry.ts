/**
 * From 1.29 on, onnxruntime reports to Microsoft which models it runs on what machine, unless this variable says no
 * (its docs/Privacy.md). Here nothing leaves the machine, whatever the variable was. It is read when the first network
 * is made; import this before onnxruntime-node.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';

export {};
