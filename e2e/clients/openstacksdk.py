"""Calls of openstacksdk, the library below Ansible and the `openstack` command, one after the other. Each prints what
the library understood of the answer as a line of JSON; the story beside this file says what that must be."""

import json

import openstack

PATIENCE = 60
"""How long a state may take to be reached, in seconds."""


def tell(step, value):
    print(json.dumps({"step": step, "value": value}), flush=True)


def complaint(call):
    """What the library says of a call that is refused."""
    try:
        call()
    except openstack.exceptions.HttpException as error:
        return {"status": error.status_code, "message": error.details}
    return None


def volume_is(cloud, volume, status):
    """Waits until it is so. Looks before: the library believes what it was told last."""
    now = cloud.block_storage.get_volume(volume.id)
    cloud.block_storage.wait_for_status(now, status, ["error", "error_extending"], 1, PATIENCE)


def attach_and_detach(cloud):
    # Not by the cloud's own create_server: that one waits for an address, and there is no network to give any.
    image, flavor = cloud.get_image("tiny"), cloud.get_flavor("m1.tiny")
    server = cloud.compute.create_server(name="snake", image_id=image.id, flavor_id=flavor.id, networks="none")
    server = cloud.compute.wait_for_server(server, interval=1, wait=PATIENCE)
    volume = cloud.create_volume(1, name="snake-disk", wait=True, timeout=PATIENCE)
    tell("made", {"server": server.status, "volume": volume.status})

    cloud.attach_volume(server, volume, device="/dev/vdc", wait=True, timeout=PATIENCE)
    tell("device", cloud.get_volume_attach_device(cloud.get_volume(volume.id), server.id))
    tell("deleted in use", complaint(lambda: cloud.block_storage.delete_volume(volume, ignore_missing=False)))
    [disk] = cloud.compute.volume_attachments(server)
    tell("disk", {"volume": disk.volume_id == volume.id, "device": disk.device})
    cloud.detach_volume(server, volume, wait=True, timeout=PATIENCE)
    tell("detached", cloud.get_volume(volume.id).status)

    cloud.compute.create_volume_attachment(server, volume_id=volume.id)
    volume_is(cloud, volume, "in-use")
    # By the volume: from 2.89 on some versions of the library take the attachment's own id for that of the disk.
    cloud.compute.delete_volume_attachment(volume.id, server.id, ignore_missing=False)
    volume_is(cloud, volume, "available")
    tell("gone", complaint(lambda: cloud.compute.get_volume_attachment(volume.id, server.id)))

    cloud.delete_server(server.id, wait=True, timeout=PATIENCE)
    cloud.delete_volume(volume.id, wait=True, timeout=PATIENCE)
    tell("given back", cloud.get_server(server.id) is None and cloud.get_volume(volume.id) is None)


def act_on_a_volume(cloud):
    storage = cloud.block_storage
    volume = storage.create_volume(name="snake-egg", size=1, metadata={"purpose": "story"})
    volume_is(cloud, volume, "available")
    storage.extend_volume(volume, 3)
    volume_is(cloud, volume, "available")
    storage.set_volume_readonly(volume, True)
    storage.set_volume_bootable_status(volume, True)
    storage.set_volume_metadata(volume, shelf="low")
    seen = storage.get_volume(volume)
    tell("volume", {"size": seen.size, "bootable": seen.is_bootable, "metadata": seen.metadata})

    storage.reserve_volume(volume)
    tell("reserved", storage.get_volume(volume).status)
    storage.unreserve_volume(volume)
    tell("unreserved", storage.get_volume(volume).status)
    tell("shrunk", complaint(lambda: storage.extend_volume(volume, 2)))
    tell("reset by a member", complaint(lambda: storage.reset_volume_status(volume, "error", None, None)))

    snapshot = cloud.create_volume_snapshot(volume.id, name="snake-skin", wait=True, timeout=PATIENCE)
    tell("snapshot", {"status": snapshot.status, "size": snapshot.size})
    tell("deleted with a snapshot", complaint(lambda: storage.delete_volume(volume, ignore_missing=False)))
    cloud.delete_volume_snapshot(snapshot.id, wait=True, timeout=PATIENCE)
    cloud.delete_volume(volume.id, wait=True, timeout=PATIENCE)


def page(cloud):
    before = ids(cloud.block_storage.volumes())
    paged = ids(cloud.block_storage.volumes(limit=7))
    stayed = set(before) & set(ids(cloud.block_storage.volumes()))  # others come and go meanwhile
    tell("paged", {"complete": stayed <= set(paged), "once each": len(paged) == len(set(paged))})


def ids(volumes):
    return [volume.id for volume in volumes]


if __name__ == "__main__":
    demo = openstack.connect(cloud="mooring")
    attach_and_detach(demo)
    act_on_a_volume(demo)
    page(demo)
