"""Uses AWS on this machine as any boto3 program would, and says as JSON what it saw.

boto3-client.py ENDPOINT PICTURE: the picture shows five faces.
"""

import json
import sys
import urllib.request
from urllib.error import HTTPError

import boto3

endpoint, picture = sys.argv[1:]


def client(service):
    return boto3.client(service, endpoint_url=endpoint)


rekognition, kinesis, s3, sns = client("rekognition"), client("kinesis"), client("s3"), client("sns")
video, images = client("kinesisvideo"), client("kinesis-video-archived-media")
secrets, functions, table = client("secretsmanager"), client("lambda"), client("dynamodb")

FACE_ID = "00000000-0000-0000-0000-000000000000"
ROLE = "arn:aws:iam::000000000000:role/stream-processor"
TOPIC = "arn:aws:sns:us-east-1:000000000000:arrivals"


def pages(of, operation, result, item, size, **arguments):
    """What each page of a paginator holds."""
    paginator = of.get_paginator(operation).paginate(PaginationConfig={"PageSize": size}, **arguments)
    return [[one[item] if item else one for one in page.get(result, [])] for page in paginator]


def paging():
    with open(picture, "rb") as file:
        image = file.read()
    for number in range(5):
        rekognition.create_collection(CollectionId=f"guests-{number}")
        s3.create_bucket(Bucket=f"party-{number}")
        s3.put_object(Bucket="party-0", Key=f"songs/{number} & ü.mp3", Body=b"tune")
    indexed = rekognition.index_faces(CollectionId="guests-0", Image={"Bytes": image}, QualityFilter="NONE")
    faces = sorted(record["Face"]["FaceId"] for record in indexed["FaceRecords"])
    for number in range(3):
        stream = video.create_stream(StreamName=f"door-{number}")["StreamARN"]
        rekognition.create_stream_processor(
            Name=f"door-{number}",
            Input={"KinesisVideoStream": {"Arn": stream}},
            Output={"KinesisDataStream": {"Arn": f"arn:aws:kinesis:us-east-1:000000000000:stream/seen-{number}"}},
            RoleArn=ROLE,
            Settings={"FaceSearch": {"CollectionId": "guests-0"}},
        )
        kinesis.create_stream(StreamName=f"seen-{number}", ShardCount=1)
    listed = pages(rekognition, "list_faces", "Faces", "FaceId", 2, CollectionId="guests-0")
    return {
        "collections": pages(rekognition, "list_collections", "CollectionIds", None, 2),
        "faces": [len(page) for page in listed] if sum(listed, []) == faces else "other faces",
        "stream processors": pages(rekognition, "list_stream_processors", "StreamProcessors", "Name", 2),
        "objects": pages(s3, "list_objects_v2", "Contents", "Key", 2, Bucket="party-0"),
        "objects of version 1": pages(s3, "list_objects", "Contents", "Key", 2, Bucket="party-0"),
        "buckets": pages(s3, "list_buckets", "Buckets", "Name", 3),
        "video streams": pages(video, "list_streams", "StreamInfoList", "StreamName", 2),
        "data streams": pages(kinesis, "list_streams", "StreamNames", None, 2),
    }


def exceptions():
    """The class that is thrown, for each class that a client of the service would wait for."""
    seen = {"StreamName": "nowhere"}
    period = {"StartTimestamp": 0, "EndTimestamp": 1}
    cases = [
        (rekognition, "ResourceNotFoundException", "describe_collection", {"CollectionId": "nobody"}),
        (rekognition, "ResourceAlreadyExistsException", "create_collection", {"CollectionId": "guests-1"}),
        (rekognition, "InvalidImageFormatException", "detect_faces", {"Image": {"Bytes": b"none"}}),
        (rekognition, "InvalidS3ObjectException", "detect_faces", {"Image": {"S3Object": {"Bucket": "party-0", "Name": "x"}}}),
        (rekognition, "InvalidParameterException", "detect_faces", {"Image": {}}),
        (rekognition, "InvalidParameterException", "search_faces", {"CollectionId": "guests-1", "FaceId": FACE_ID}),
        (rekognition, "InvalidPaginationTokenException", "list_collections", {"NextToken": "x"}),
        (rekognition, "ResourceNotFoundException", "start_stream_processor", {"Name": "nowhere"}),
        (rekognition, "ResourceInUseException", "stop_stream_processor", {"Name": "door-0"}),
        (kinesis, "ResourceNotFoundException", "describe_stream", seen),
        (kinesis, "ResourceInUseException", "create_stream", {"StreamName": "seen-0", "ShardCount": 1}),
        (kinesis, "InvalidArgumentException", "get_records", {"ShardIterator": "x"}),
        (video, "ResourceNotFoundException", "describe_stream", seen),
        (video, "ResourceInUseException", "create_stream", {"StreamName": "door-0"}),
        (video, "InvalidArgumentException", "list_streams", {"NextToken": "eA=="}),
        (images, "NoDataRetentionException", "get_images", {"StreamName": "door-0", "ImageSelectorType": "PRODUCER_TIMESTAMP", "Format": "JPEG", **period}),
        (s3, "NoSuchBucket", "list_objects_v2", {"Bucket": "nowhere"}),
        (s3, "NoSuchKey", "get_object", {"Bucket": "party-0", "Key": "nothing"}),
        (s3, "NoSuchUpload", "abort_multipart_upload", {"Bucket": "party-0", "Key": "x", "UploadId": FACE_ID}),
        (sns, "NotFoundException", "publish", {"TopicArn": TOPIC, "Message": "x"}),
        (sns, "InvalidParameterException", "publish", {"TopicArn": TOPIC, "Message": ""}),
        (secrets, "ResourceNotFoundException", "get_secret_value", {"SecretId": "none"}),
        (secrets, "InvalidParameterException", "create_secret", {"Name": "none"}),
        (functions, "ResourceNotFoundException", "invoke", {"FunctionName": "none"}),
        (functions, "InvalidRequestContentException", "invoke", {"FunctionName": "echo", "Payload": b"{"}),
        (table, "ResourceNotFoundException", "scan", {"TableName": "none"}),
    ]
    thrown = []
    for service, name, operation, arguments in cases:
        case = f"{service.meta.service_model.service_name} {operation} {name}"
        try:
            getattr(service, operation)(**arguments)
            thrown.append(f"{case}: nothing")
        except getattr(service.exceptions, name):
            pass
        except Exception as error:
            thrown.append(f"{case}: {type(error).__name__} {error}")
    return {"cases": len(cases), "otherwise": thrown}


def transfers():
    """What an upload in parts, its copy and presigned URLs of both versions give back."""
    large = bytes(range(256)) * 40_000
    with open(picture, "rb") as file:
        s3.upload_fileobj(file, "party-1", "picture", ExtraArgs={"ContentType": "image/jpeg"})
    s3.put_object(Bucket="party-1", Key="large", Body=large)
    s3.copy({"Bucket": "party-1", "Key": "large"}, "party-2", "copy")
    version4 = boto3.client("s3", endpoint_url=endpoint, config=boto3.session.Config(signature_version="s3v4"))
    same = []
    for of in (s3, version4):
        get = of.generate_presigned_url("get_object", Params={"Bucket": "party-2", "Key": "copy"})
        same.append(urllib.request.urlopen(get).read() == large)
        put = of.generate_presigned_url("put_object", Params={"Bucket": "party-2", "Key": "new", "ContentType": "text/x-note"})
        headers = {"Content-Type": "text/x-note"}
        urllib.request.urlopen(urllib.request.Request(put, b"by URL", headers, method="PUT"))
        found = s3.get_object(Bucket="party-2", Key="new")
        same.append([found["Body"].read().decode(), found["ContentType"]])
        headers["x-amz-copy-source"] = "/party-1/picture"
        try:
            urllib.request.urlopen(urllib.request.Request(put, b"", headers, method="PUT"))
            same.append("copied")
        except HTTPError as error:
            same.append(error.code)
    return same


print(json.dumps({"paging": paging(), "exceptions": exceptions(), "transfers": transfers()}))
