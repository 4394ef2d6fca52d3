"""Holds the recordings to botocore's models of the services.

botocore-shapes.py FOLDER: prints as JSON how many exchanges were looked at, and every member that the model does
not have, every value of another type than the model's, and every error that is none of the operation's.
"""

import json
import pathlib
import sys

import botocore.session

NAMES = {"monitoring": "cloudwatch"}
# What every operation may answer, and the models leave out.
COMMON = {"AccessDenied", "ValidationError", "InternalFailure", "ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch"}
KINDS = {
    "structure": dict, "map": dict, "list": list, "string": str, "boolean": bool,
    "integer": int, "long": int, "double": float, "float": float,
}

session = botocore.session.get_session()
problems = []
looked = 0


def check(shape, value, place):
    if shape.type_name == "timestamp":
        ok = isinstance(value, (str, int))
    else:
        ok = isinstance(value, KINDS[shape.type_name])
    if not ok:
        problems.append(f"{place}: {value!r} is no {shape.type_name}")
        return
    if shape.type_name == "structure":
        for name, one in value.items():
            if name in shape.members:
                check(shape.members[name], one, f"{place}.{name}")
            else:
                problems.append(f"{place}.{name} is not in the model")
    elif shape.type_name == "list":
        for i, one in enumerate(value):
            check(shape.member, one, f"{place}[{i}]")
    elif shape.type_name == "string" and getattr(shape, "enum", None):
        if value not in shape.enum:
            problems.append(f"{place}: {value} is none of {shape.enum}")


for file in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    recording = json.loads(file.read_text())
    model = session.get_service_model(NAMES.get(recording["service"], recording["service"]))
    answers = recording.get("answers", {})
    for state, exchanges in recording["states"].items():
        for exchange in exchanges:
            looked += 1
            place = f"{file.stem}, {state}, {exchange['operation']}"
            operation = model.operation_model(exchange["operation"])
            for name, value in exchange.get("request", {}).items():
                if name not in operation.input_shape.members:
                    problems.append(f"{place}: there is no {name} in the request")
            if "error" in exchange:
                codes = {e.metadata.get("error", {}).get("code", e.name) for e in operation.error_shapes}
                if exchange["error"]["code"] not in codes | COMMON:
                    problems.append(f"{place}: {exchange['error']['code']} is no error of it")
                continue
            response = exchange.get("response", {})
            content = answers[response] if isinstance(response, str) else response
            if operation.output_shape is None:
                if content:
                    problems.append(f"{place}: it answers nothing")
            else:
                check(operation.output_shape, content, place)

print(json.dumps({"looked": looked, "problems": problems}))
