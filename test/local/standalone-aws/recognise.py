"""Indexes, searches and finds faces as any boto3 program would, with nothing but the environment to tell it where.

recognise.py KNOWN SAME STRANGER: three pictures, the first two of one person. Says as JSON what it saw.
"""

import json
import sys

import boto3

known, same, stranger = (open(path, "rb").read() for path in sys.argv[1:])
rekognition = boto3.client("rekognition")

rekognition.create_collection(CollectionId="guests")
rekognition.index_faces(CollectionId="guests", Image={"Bytes": known}, ExternalImageId="Anna", MaxFaces=1)


def found(picture):
    answer = rekognition.search_faces_by_image(CollectionId="guests", Image={"Bytes": picture})
    return [match["Face"]["ExternalImageId"] for match in answer["FaceMatches"]]


detected = rekognition.detect_faces(Image={"Bytes": same})["FaceDetails"]
print(
    json.dumps(
        {
            "same": found(same),
            "stranger": found(stranger),
            "detected": [sorted(detail) for detail in detected],
        }
    )
)
