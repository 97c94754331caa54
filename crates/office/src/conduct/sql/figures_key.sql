select public_key from conduct_figures_key where id = 1
