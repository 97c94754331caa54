select box from conduct_figures_boxes where holder = $1
