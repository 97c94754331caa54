select task_files.task, task_files.id, task_files.name, task_files.digest, task_files.size, task_files.media_type,
    task_files.recorded_at, task_files.recorded_by
from task_files
join tasks on tasks.id = task_files.task
where tasks.clause = $1 and tasks.state <> 'cancelled'
order by task_files.id desc
