delete from dossier_cells
