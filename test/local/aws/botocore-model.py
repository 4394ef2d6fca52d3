"""Holds AWS on this machine against botocore's own service models.

botocore-model.py ENDPOINT: for every operation that is answered there, sends each member that the model
constrains at, under and over its limits, and compares what is refused with what the model says. Prints as JSON
the operations, how many requests were compared, and every disagreement.
"""

import copy
import json
import re
import string
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

SERVICES = [
    "rekognition",
    "kinesis",
    "kinesisvideo",
    "kinesis-video-archived-media",
    "secretsmanager",
    "lambda",
    "sns",
]

# Members that are taken and left aside here, as local/README.md says, or that are refused whole.
UNREAD = {
    *["Tags", "KmsKeyId", "StreamId", "DataSharingPreference", "NotificationChannel", "RegionsOfInterest"],
    *["ConnectedHome", "S3Destination", "StartSelector", "StopSelector"],
    *["StreamModeDetails", "WarmThroughputMiBps", "MaxRecordSizeInKiB", "ShardFilter"],
    *["ExplicitHashKey", "SequenceNumberForOrdering", "StreamStorageConfiguration", "CurrentVersion"],
    *["AddReplicaRegions", "Type", "RotationToken", "DurableExecutionName", "TenantId"],
}

# The model's limit is for streams that were allowed larger records; all here have the default.
OTHER_MAXIMUM = {("kinesis", "Data"): 1_048_576}

NOT_HERE = {"UnknownOperationException", "InvalidAction"}

# What every service may answer; the models leave these out.
COMMON = {"ValidationException", "SerializationException"}

SAMPLES = [
    *["a", "1", "aaa", "a" * 32, "image/png", "a1/b2"],
    "00000000-0000-0000-0000-000000000000",
    "arn:aws:iam::123456789012:role/a",
    "arn:aws:kinesisvideo:us-east-1:123456789012:stream/a/1",
    "arn:aws:kinesis:us-east-1:123456789012:stream/a",
]

RULES = {
    "min length": "Member must have length greater than or equal to",
    "max length": "Member must have length less than or equal to",
    "min value": "Member must have value greater than or equal to",
    "max value": "Member must have value less than or equal to",
    "pattern": "Member must satisfy regular expression pattern",
    "enum": "Member must satisfy enum value set",
    "required": "Member must not be null",
}


def limits(service, name, shape):
    found = {key: shape.metadata[key] for key in ("min", "max", "pattern", "enum") if key in shape.metadata}
    if (service, name) in OTHER_MAXIMUM:
        found["max"] = OTHER_MAXIMUM[service, name]
    return found


def broken(value, limit):
    """The rules of the model that a value breaks."""
    rules = set()
    if isinstance(value, (int, float)):
        size, kind = value, "value"
    else:
        size, kind = len(value), "length"
    if "min" in limit and size < limit["min"]:
        rules.add(f"min {kind}")
    if "max" in limit and size > limit["max"]:
        rules.add(f"max {kind}")
    if isinstance(value, str):
        if "pattern" in limit and not re.fullmatch(limit["pattern"], value):
            rules.add("pattern")
        if "enum" in limit and value not in limit["enum"]:
            rules.add("enum")
    return rules


def sample(service, name, shape):
    """A value that the model takes."""
    limit = limits(service, name, shape)
    if shape.type_name == "structure":
        return {member: sample(service, member, shape.members[member]) for member in shape.required_members}
    if shape.type_name == "list":
        return [sample(service, name, shape.member)] * max(1, limit.get("min", 1))
    if shape.type_name == "map":
        return {sample(service, name, shape.key): sample(service, name, shape.value)}
    if shape.type_name == "string":
        candidates = limit.get("enum", SAMPLES)
        return next(candidate for candidate in candidates if not broken(candidate, limit))
    if shape.type_name == "blob":
        return b"a"
    return {"boolean": True, "timestamp": 1}.get(shape.type_name, limit.get("min", 1))


def probes(good, limit, shape):
    """Values at, under and over each limit."""
    low, high = limit.get("min"), limit.get("max")
    if shape.type_name in ("integer", "long", "float", "double"):
        return [value for edge in (low, high) if edge is not None for value in (edge - 1, edge, edge + 1)]
    if shape.type_name == "list":
        return [good[:1] * size for size in {(low or 1) - 1, low or 1, high or 1, (high or 1) + 1}]
    if shape.type_name == "map":
        return [{}, good, {**good, "other": "a"}]
    if shape.type_name == "blob":
        return [b"a" * size for size in {(low or 1) - 1, low or 1, high or 1, (high or 1) + 1}]
    values = [good, "NONE_OF_THESE"]
    values += [good[:1] + odd + good[1:] for odd in string.punctuation + " "]
    if low:
        values += [good[: low - 1], ""]
    if high:
        values += [good[:1] * high, good[:1] * (high + 1)]
    return values


def constrained(service, shape, path=()):
    """Every member below a structure that has a limit: its path, with 0 for the first of a list, and its shape."""
    for name, member in shape.members.items():
        if name in UNREAD:
            continue
        place = (*path, name)
        if limits(service, name, member):
            yield place, member
        if member.type_name == "list":
            place, member = (*place, 0), member.member
            if member.type_name != "structure" and limits(service, name, member):
                yield place, member
        if member.type_name == "structure":
            yield from constrained(service, member, place)
        if member.type_name == "map":
            for part, inner in (("key", member.key), ("value", member.value)):
                if limits(service, name, inner):
                    yield (*place, part), inner


def required(shape, path=()):
    """The paths of all members that the model requires, where what they are in is given."""
    for name, member in shape.members.items():
        if name in UNREAD:
            continue
        place = (*path, name)
        if name in shape.required_members:
            yield place
        if member.type_name == "list":
            place, member = (*place, 0), member.member
        if member.type_name == "structure":
            yield from required(member, place)


def at(shape, path):
    """The shape at a path."""
    for part in path:
        shape = shape.member if part == 0 else shape.members[part]
    return shape


def put(service, shape, whole, path, value):
    """A copy of an input with a value at a path; what leads there is made where it is missing."""
    name, *rest = path
    if name == "key":
        return {value: next(iter(whole.values()))}
    if name == "value":
        return {next(iter(whole)): value}
    changed = copy.copy(whole)
    if shape.type_name == "list":
        inner = shape.member
        changed[0] = put(service, inner, changed[0], rest, value) if rest else value
    else:
        inner = shape.members[name]
        now = changed[name] if name in changed else sample(service, name, inner)
        changed[name] = put(service, inner, now, rest, value) if rest else value
    return changed


def wire_name(path, value):
    """A member's name in AWS's messages."""
    names = []
    for part in path:
        if part == 0:
            names.append("1.member")
        elif part == "value":
            names.append(next(iter(value)))
        else:
            names.append(part[0].lower() + part[1:])
    return ".".join(names)


def refused(message, name):
    """The rules that a message says a member breaks."""
    found = re.findall(rf"at '{re.escape(name)}' failed to satisfy constraint: ([A-Za-z ]+)", message)
    return {rule for rule, words in RULES.items() for one in found if one.startswith(words)}


class Check:
    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.operations = []
        self.compared = 0
        self.problems = []

    def send(self, client, operation, params):
        """The code and the words with which it is refused; both empty when it is not."""
        method = {api: name for name, api in client.meta.method_to_api_mapping.items()}[operation.name]
        try:
            getattr(client, method)(**params)
            return "", ""
        except ClientError as error:
            return error.response["Error"]["Code"], error.response["Error"]["Message"]

    def service(self, service):
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
        client = boto3.client(service, endpoint_url=self.endpoint, config=config)
        model = client.meta.service_model
        for name in model.operation_names:
            operation = model.operation_model(name)
            shape = operation.input_shape
            in_path = {
                member: "a"
                for member, inner in (shape.members.items() if shape else [])
                if inner.serialization.get("location") == "uri"
            }
            code, _ = self.send(client, operation, in_path)
            if code in NOT_HERE:
                continue
            self.operations.append(f"{service} {name}")
            if service != "sns":
                # Its query protocol has words of its own for what is missing.
                self.required(client, service, operation, in_path)
            for path, member in constrained(service, shape):
                self.member(client, service, operation, path, member, path[0] in in_path)

    def required(self, client, service, operation, in_path):
        whole = sample(service, "", operation.input_shape)
        for path in required(operation.input_shape):
            if path[0] in in_path:
                continue
            *above, name = path
            inside = at(operation.input_shape, above)
            rest = {key: value for key, value in sample(service, "", inside).items() if key != name}
            params = put(service, operation.input_shape, whole, above, rest) if above else rest
            _, message = self.send(client, operation, params)
            self.compared += 1
            if refused(message, wire_name(path, None)) != {"required"}:
                self.problems.append(f"{service} {operation.name}: {path} is required, and is not missed")

    def member(self, client, service, operation, path, member, in_path):
        shape = operation.input_shape
        own_name = [part for part in path if part not in (0, "key", "value")][-1]
        limit = limits(service, own_name, member)
        base = sample(service, "", shape)
        allowed = {error.metadata.get("error", {}).get("code", error.name) for error in operation.error_shapes}
        for value in probes(sample(service, own_name, member), limit, member):
            if in_path and value == "":
                continue
            params = put(service, shape, base, path, value)
            code, message = self.send(client, operation, params)
            holder = params[path[0]] if path[-1] == "value" else None
            got = refused(message, wire_name(path, holder))
            self.compared += 1
            shown = value if len(value if isinstance(value, (str, bytes, list)) else "") < 60 else "a long one"
            if got != broken(value, limit):
                self.problems.append(
                    f"{service} {operation.name} {'.'.join(map(str, path))}: {shown!r} breaks "
                    f"{sorted(broken(value, limit))} of the model, and {sorted(got)} here"
                )
            if code and code not in allowed | COMMON:
                self.problems.append(f"{service} {operation.name}: {code} is no error of this operation")


check = Check(sys.argv[1])
for each in SERVICES:
    check.service(each)
print(json.dumps({"operations": check.operations, "compared": check.compared, "problems": check.problems}))
