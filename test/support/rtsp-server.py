"""An RTSP server for tests: a video file on a free port of this machine, with GStreamer.

Usage: rtsp-server.py FILE PATH PORT CODING [USER PASSWORD], port 0 for a free one
Prints its port once it listens, and ends when its input ends. A line in its input changes what is sent from then on:
"corrupt 0.001" breaks one byte in a thousand, "corrupt 0" none.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

Gst.init(None)
file, path, port, coding, *login = sys.argv[1:]

# The file as it is, or decoded and coded anew as some cameras do; and how that goes over the network.
DECODED = "avdec_h264 ! videoconvert ! videoscale"
H264 = "rtph264pay name=pay0 pt=96"
CODINGS = {
    "as it is": ("h264parse config-interval=-1", H264),
    "h265": (
        f"{DECODED} ! x265enc speed-preset=ultrafast tune=zerolatency key-int-max=10 ! h265parse config-interval=-1",
        "rtph265pay name=pay0 pt=96",
    ),
    "mjpeg": (f"{DECODED} ! jpegenc", "rtpjpegpay name=pay0 pt=26"),
    "b-frames": (
        f"{DECODED} ! x264enc speed-preset=veryfast bframes=2 b-adapt=false key-int-max=10 rc-lookahead=5"
        " ! video/x-h264,profile=main ! h264parse config-interval=-1",
        H264,
    ),
    "few key frames": (
        f"{DECODED} ! x264enc speed-preset=ultrafast tune=zerolatency key-int-max=50 option-string=scenecut=0"
        " ! h264parse config-interval=-1",
        H264,
    ),
}

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)

media = GstRtspServer.RTSPMediaFactory()
coded, sent = CODINGS[coding]
media.set_launch(
    f'( filesrc location="{file}" ! qtdemux ! {coded} ! breakmydata name=broken probability=0 skip=5 ! {sent} )'
)

if login:
    user, password = login
    token = GstRtspServer.RTSPToken()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "viewer")
    basic = GstRtspServer.RTSPAuth.make_basic(user, password)
    auth = GstRtspServer.RTSPAuth()
    auth.add_basic(basic, token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_ACCESS, True)
    permissions.add_permission_for_role("viewer", GstRtspServer.RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, True)
    media.set_permissions(permissions)

# One server, one camera: each viewer gets a media of its own, and all send alike.
broken = {"share": 0.0, "elements": []}


def on_media(_factory, configured):
    element = configured.get_element().get_by_name("broken")
    element.set_property("probability", broken["share"])
    broken["elements"].append(element)


media.connect("media-configure", on_media)


def on_input(channel, condition):
    if condition & GLib.IOCondition.IN:
        word, share = sys.stdin.readline().split() or ("", "0")
        if word == "corrupt":
            broken["share"] = float(share)
            for element in broken["elements"]:
                element.set_property("probability", broken["share"])
        return True
    loop.quit()
    return False


server.get_mount_points().add_factory(path, media)
server.attach(None)
print(server.get_bound_port(), flush=True)

loop = GLib.MainLoop()
GLib.io_add_watch(
    sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_input
)
loop.run()
