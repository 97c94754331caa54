select unit, reminded_on from launch_reminders where launch = $1 order by reminded_on desc, unit
