// Calls of gophercloud, the library below Terraform and Kubernetes' volume plugins, one after the other. Each prints
// what the library understood of the answer as a line of JSON, and the story beside this file says what that must be.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack"
	"github.com/gophercloud/gophercloud/openstack/blockstorage/extensions/volumeactions"
	"github.com/gophercloud/gophercloud/openstack/blockstorage/v3/attachments"
	"github.com/gophercloud/gophercloud/openstack/blockstorage/v3/snapshots"
	"github.com/gophercloud/gophercloud/openstack/blockstorage/v3/volumes"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/bootfromvolume"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/startstop"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/volumeattach"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/flavors"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/servers"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/images"
	"github.com/gophercloud/gophercloud/pagination"
)

// How long a state may take to be reached, in seconds.
const patience = 60

type cloud struct{ compute, volume, image *gophercloud.ServiceClient }

func main() {
	told := connect()
	told.attachAndDetach()
	told.attachByHand()
	told.bootFromVolume()
	told.page()
}

func connect() cloud {
	provider, err := openstack.AuthenticatedClient(gophercloud.AuthOptions{
		IdentityEndpoint: os.Getenv("OS_AUTH_URL"),
		Username:         os.Getenv("OS_USERNAME"),
		Password:         os.Getenv("OS_PASSWORD"),
		TenantName:       os.Getenv("OS_PROJECT_NAME"),
		DomainName:       os.Getenv("OS_USER_DOMAIN_NAME"),
	})
	must(err)
	region := gophercloud.EndpointOpts{Region: os.Getenv("OS_REGION_NAME")}
	compute, err := openstack.NewComputeV2(provider, region)
	must(err)
	volume, err := openstack.NewBlockStorageV3(provider, region)
	must(err)
	image, err := openstack.NewImageServiceV2(provider, region)
	must(err)
	volume.Microversion = "3.54"
	return cloud{compute, volume, image}
}

func (c cloud) attachAndDetach() {
	server := c.makeServer("gopher")
	volume := c.makeVolume("gopher-disk")
	disk, err := volumeattach.Create(c.compute, server, volumeattach.CreateOpts{VolumeID: volume}).Extract()
	must(err)
	tell("attached", map[string]interface{}{"volume": disk.VolumeID == volume, "device": disk.Device})
	must(volumes.WaitForStatus(c.volume, volume, "in-use", patience))

	_, err = volumeattach.Create(c.compute, server, volumeattach.CreateOpts{VolumeID: volume}).Extract()
	tell("attached again", err.Error())
	tell("deleted in use", volumes.Delete(c.volume, volume, nil).ExtractErr().Error())

	seen, err := volumes.Get(c.volume, volume).Extract()
	must(err)
	tell("volume", map[string]interface{}{
		"status": seen.Status, "size": seen.Size, "type": seen.VolumeType, "device": seen.Attachments[0].Device,
		"server": seen.Attachments[0].ServerID == server,
	})
	must(volumeactions.ExtendSize(c.volume, volume, volumeactions.ExtendSizeOpts{NewSize: 2}).ExtractErr())
	must(gophercloud.WaitFor(patience, func() (bool, error) {
		now, err := volumes.Get(c.volume, volume).Extract()
		return err == nil && now.Size == 2 && now.Status == "in-use", err
	}))

	pages, err := volumeattach.List(c.compute, server).AllPages()
	must(err)
	disks, err := volumeattach.ExtractVolumeAttachments(pages)
	must(err)
	tell("disks", len(disks))
	must(volumeattach.Delete(c.compute, server, disk.ID).ExtractErr())
	must(volumes.WaitForStatus(c.volume, volume, "available", patience))
	_, err = volumeattach.Get(c.compute, server, volume).Extract()
	_, gone := err.(gophercloud.ErrDefault404)
	tell("detached", gone)

	snapshot, err := snapshots.Create(c.volume, snapshots.CreateOpts{VolumeID: volume, Name: "gopher-shot"}).Extract()
	must(err)
	must(snapshots.WaitForStatus(c.volume, snapshot.ID, "available", patience))
	must(snapshots.Delete(c.volume, snapshot.ID).ExtractErr())
	must(gophercloud.WaitFor(patience, func() (bool, error) {
		_, err := snapshots.Get(c.volume, snapshot.ID).Extract()
		_, gone := err.(gophercloud.ErrDefault404)
		return gone, nil
	}))
	must(volumes.Delete(c.volume, volume, nil).ExtractErr())
	must(servers.Delete(c.compute, server).ExtractErr())
	tell("given back", true)
}

func (c cloud) attachByHand() {
	server, volume := c.makeServer("gopher-host"), c.makeVolume("gopher-shared")
	reserved, err := attachments.Create(c.volume, attachments.CreateOpts{
		VolumeUUID: volume, InstanceUUID: server, Mode: "ro",
	}).Extract()
	must(err)
	tell("reserved", map[string]interface{}{"status": reserved.Status, "mode": reserved.AttachMode})
	connected, err := attachments.Update(c.volume, reserved.ID, attachments.UpdateOpts{
		Connector: map[string]interface{}{
			"initiator": "iqn.2004-10.com.example:01:gopher", "ip": "192.0.2.9", "host": "gopher",
			"platform": "x86_64", "os_type": "linux", "multipath": false, "mountpoint": "/dev/vdb",
		},
	}).Extract()
	must(err)
	tell("connected", map[string]interface{}{
		"status": connected.Status, "protocol": connected.ConnectionInfo["driver_volume_type"],
	})
	must(attachments.Complete(c.volume, reserved.ID).ExtractErr())
	must(attachments.WaitForStatus(c.volume, reserved.ID, "attached", patience))
	pages, err := attachments.List(c.volume, attachments.ListOpts{VolumeID: volume}).AllPages()
	must(err)
	listed, err := attachments.ExtractAttachments(pages)
	must(err)
	tell("attachments", len(listed))
	must(attachments.Delete(c.volume, reserved.ID).ExtractErr())
	must(volumes.WaitForStatus(c.volume, volume, "available", patience))
	must(volumes.Delete(c.volume, volume, nil).ExtractErr())
	must(servers.Delete(c.compute, server).ExtractErr())
}

func (c cloud) bootFromVolume() {
	server, err := bootfromvolume.Create(c.compute, bootfromvolume.CreateOptsExt{
		CreateOptsBuilder: servers.CreateOpts{Name: "gopher-boot", FlavorRef: c.flavor("m1.tiny")},
		BlockDevice: []bootfromvolume.BlockDevice{{
			SourceType: bootfromvolume.SourceImage, DestinationType: bootfromvolume.DestinationVolume,
			UUID: c.imageID("tiny"), VolumeSize: 1, DeleteOnTermination: true,
		}},
	}).Extract()
	must(err)
	must(servers.WaitForStatus(c.compute, server.ID, "ACTIVE", patience))
	seen, err := servers.Get(c.compute, server.ID).Extract()
	must(err)
	root := seen.AttachedVolumes[0].ID
	volume, err := volumes.Get(c.volume, root).Extract()
	must(err)
	tell("root", map[string]interface{}{"status": volume.Status, "bootable": volume.Bootable, "disks": len(seen.AttachedVolumes)})
	tell("root detached", volumeattach.Delete(c.compute, server.ID, root).ExtractErr().Error())
	must(startstop.Stop(c.compute, server.ID).ExtractErr())
	must(servers.WaitForStatus(c.compute, server.ID, "SHUTOFF", patience))
	must(servers.Delete(c.compute, server.ID).ExtractErr())
	must(gophercloud.WaitFor(patience, func() (bool, error) {
		_, err := volumes.Get(c.volume, root).Extract()
		_, gone := err.(gophercloud.ErrDefault404)
		return gone, nil
	}))
	tell("root gone with its server", true)
}

func (c cloud) page() {
	before := c.volumeIDs()
	seen := map[string]int{}
	pages, complete, once := 0, true, true
	must(volumes.List(c.volume, volumes.ListOpts{Limit: 7, Sort: "name:asc"}).EachPage(func(page pagination.Page) (bool, error) {
		rows, err := volumes.ExtractVolumes(page)
		for _, row := range rows {
			seen[row.ID]++
			once = once && seen[row.ID] == 1
		}
		pages++
		return true, err
	}))
	// Others come and go meanwhile; who was there all the time must have been seen.
	for id := range c.volumeIDs() {
		complete = complete && (!before[id] || seen[id] > 0)
	}
	tell("paged", map[string]bool{"complete": complete, "once each": once, "in pages": pages > 1})
}

func (c cloud) volumeIDs() map[string]bool {
	pages, err := volumes.List(c.volume, volumes.ListOpts{}).AllPages()
	must(err)
	rows, err := volumes.ExtractVolumes(pages)
	must(err)
	ids := map[string]bool{}
	for _, row := range rows {
		ids[row.ID] = true
	}
	return ids
}

func (c cloud) makeServer(name string) string {
	server, err := servers.Create(c.compute, servers.CreateOpts{
		Name: name, FlavorRef: c.flavor("m1.tiny"), ImageRef: c.imageID("tiny"),
	}).Extract()
	must(err)
	must(servers.WaitForStatus(c.compute, server.ID, "ACTIVE", patience))
	return server.ID
}

func (c cloud) makeVolume(name string) string {
	volume, err := volumes.Create(c.volume, volumes.CreateOpts{Name: name, Size: 1}).Extract()
	must(err)
	must(volumes.WaitForStatus(c.volume, volume.ID, "available", patience))
	return volume.ID
}

func (c cloud) flavor(name string) string {
	pages, err := flavors.ListDetail(c.compute, flavors.ListOpts{}).AllPages()
	must(err)
	all, err := flavors.ExtractFlavors(pages)
	must(err)
	for _, flavor := range all {
		if flavor.Name == name {
			return flavor.ID
		}
	}
	panic("no flavor " + name)
}

func (c cloud) imageID(name string) string {
	pages, err := images.List(c.image, images.ListOpts{Name: name}).AllPages()
	must(err)
	all, err := images.ExtractImages(pages)
	must(err)
	return all[0].ID
}

func tell(step string, value interface{}) {
	line, err := json.Marshal(map[string]interface{}{"step": step, "value": value})
	must(err)
	fmt.Println(string(line))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
