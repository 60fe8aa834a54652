# Cuts the power of an ext4: nothing that is still in memory reaches the disk, not even the journal.
#
#   python3 cut-power.py <mount point>
#
# Says when it began, in milliseconds since 1970: what a process was told is on the disk before that
# moment must be there afterwards. A sync that was running at that moment may have returned without.

import fcntl
import os
import struct
import sys
import time

EXT4_IOC_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32), fs/ext4/ext4.h
NO_LOG_FLUSH = 2  # EXT4_GOING_FLAGS_NOLOGFLUSH

directory = os.open(sys.argv[1], os.O_RDONLY)
began = time.time()
fcntl.ioctl(directory, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
print(int(began * 1000))
