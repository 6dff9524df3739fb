int launch_step(int blocks);
