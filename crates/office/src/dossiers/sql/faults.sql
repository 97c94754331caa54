select line, name, value, what from dossier_faults where import = $1 order by place limit $2
